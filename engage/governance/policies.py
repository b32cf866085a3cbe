"""May this viewer see this fact about this person, for this purpose, on this day?

One pure function, `decide`, obeying one dated table (`governance/access.yaml`). The default is nothing. Example: a
charity's parent-liaison worker opens a child's page. The police event with handling P is allowed; the one with
handling C is not, and the sentence says so without saying what it is; the pupil register's record shows only once
somebody else has a safeguarding reason.

Above the table stand ceilings that no row can lift: the originator keeps control of its own, what is written in a case is for the agencies that take part in
it, what is sealed for those whom it names, and nobody looks at what they declared a relationship to. Break-glass later becomes a reason in
`Subject.reasons` that holds for one viewer and a day. All of it is decided here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engage.vocabulary.access import Cohort, Decision, Fact, Outcome, Subject, Viewer
from engage.vocabulary.words import N_, Sentence


ANY = "*"
# From open to strict. What is not in these lists is treated as the strictest.
HANDLING_ORDER = ("", "P", "legacy-2", "legacy-1", "legacy-3", "legacy-4", "legacy-5", "C")
# The last is what a join of restricted and health-specialist facts carries: no row opens it to anybody.
SENSITIVITY_ORDER = ("standard", "restricted", "health-specialist", "restricted-health-specialist")
# Ethnicity, nationality and religion: of a person's record, and decided on apart from it (UK GDPR article 9).
CHARACTERISTIC = "person_characteristic"
KINDS = (
    "person_record",
    CHARACTERISTIC,
    "person_name",
    "identifier",
    "location",
    "vehicle",
    "contact_point",
    "event",
    "role",
    "relationship",
    "narrative",
    "case",
    "case_entry",
    "meeting",
    "audit",
)
# What is written in a case, and in a meeting about it, is for the agencies that take part; that there is a case is told more widely.
OF_A_CASE = frozenset({"case_entry", "meeting"})
# What `*` stands for in each column: never for a code that is not known here, and never for the log of who looked at what.
OPEN_ROLES = frozenset(
    {
        "detective",
        "social_worker",
        "nurse",
        "education_lead",
        "parent_liaison",
        "missing_coordinator",
        "team_manager",
        "analyst",
        "business_support",
    }
)
OPEN_KINDS = frozenset(KINDS) - {"audit"}
OPEN_PURPOSES = frozenset(
    {"safeguarding_child", "missing_response", "disruption", "linkage_review", "data_quality"}
)
OPEN_HANDLING = frozenset({"", "P", "legacy-2"})
OPEN_SENSITIVITY = frozenset({"standard"})
ORIGINATOR_ONLY = frozenset({"C", "legacy-4", "legacy-5"})
SPECIALIST_ROLE = "nurse"
# The clinic is never named: this is what its guarded records are called everywhere.
SPECIALIST = N_("Health, specialist nurse")
WORKER = "worker:"
# Among the reasons about somebody it says that the viewer declared a relationship: nothing of them is shown, whatever else gives reason.
BARRED = "barred:"
_WHOSE = frozenset({"own", "other"})
_STRICTNESS = {Outcome.ALLOW: 0, Outcome.SIGNPOST: 1, Outcome.NOTHING: 2}


@dataclass(frozen=True)
class AccessRule:
    """One dated row of the table. `*` stands for any; `agency` is own, other, or *.

    `*` stands only for known and unguarded values: an oversight in the table must not open what an originator guarded, the
    log of who looked at what, or anything to a role, kind or purpose that nobody has thought of.
    """

    rule: str
    role: str
    agency: str
    kind: str
    handling: str
    sensitivity: str
    purpose: str
    outcome: Outcome
    from_on: date
    until_on: date | None
    source: str

    def matches(self, *, viewer: Viewer, fact: Fact, purpose: str, on: date) -> bool:
        """The row speaks about this viewer, fact, purpose and day."""
        asked = (
            (self.role, viewer.role, OPEN_ROLES),
            (self.agency, "own" if is_own(viewer, fact) else "other", _WHOSE),
            (self.kind, fact.kind, OPEN_KINDS),
            (self.handling, fact.handling, OPEN_HANDLING),
            (self.sensitivity, fact.sensitivity, OPEN_SENSITIVITY),
            (self.purpose, purpose, OPEN_PURPOSES),
        )
        in_force = self.from_on <= on and (self.until_on is None or on < self.until_on)
        return in_force and all(_covers(*one) for one in asked)

    def specificity(self) -> int:
        """How many of its columns are not `*`."""
        columns = (self.role, self.agency, self.kind, self.handling, self.sensitivity, self.purpose)
        return sum(value != ANY for value in columns)


def decide(
    *, viewer: Viewer, subject: Subject, fact: Fact, purpose: str, on: date, table: Iterable[AccessRule]
) -> Decision:
    """Allow, signpost or nothing, with the sentence that says why.

    `on` is the London day of looking. A fact from a register needs, besides the table's leave, that another agency or a
    named worker has a safeguarding reason about the person.
    """
    # A cohort that is not known here is read as a register.
    if viewer.user_id in subject.barred:
        return Decision(Outcome.NOTHING, Sentence(_BARRED), "ceiling-relationship")
    if fact.cohort != Cohort.CASE and not _reason_of_others(subject, fact):
        return Decision(Outcome.NOTHING, Sentence(_REGISTER), "register")
    matching = [rule for rule in table if rule.matches(viewer=viewer, fact=fact, purpose=purpose, on=on)]
    if not matching:
        return Decision(Outcome.NOTHING, Sentence(_NO_RULE))
    rule = max(matching, key=lambda r: (r.specificity(), _STRICTNESS[r.outcome], r.rule))
    ceiling, ceiling_id = _ceiling(viewer, subject, fact)
    if _STRICTNESS[ceiling] > _STRICTNESS[rule.outcome]:
        return Decision(ceiling, _sentence(ceiling, viewer, fact), ceiling_id)
    return Decision(rule.outcome, _sentence(rule.outcome, viewer, fact), rule.rule)


_REGISTER = N_(
    "A register of everyone shows nothing about a person until another agency or a named worker has a safeguarding reason."
)
_NO_RULE = N_("No rule lets your role see this, so it is not shown.")
_KEPT = N_("A rule keeps this from your role for the purpose you gave.")
_BARRED = N_(
    "You declared a relationship, so this is not for you to see. Ask your manager who else can help."
)
_OWN = N_("This is your own agency's.")
_SHARED = N_("%(agency)s shares this with your role for the purpose you gave.")
_ASK = N_("%(agency)s knows this person. Phone them; what they hold is not shown here.")
_ASK_NURSE = N_(
    "Health, specialist nurse, knows this person. Phone the nurse; what is held is not shown here."
)


def _ceiling(viewer: Viewer, subject: Subject, fact: Fact) -> tuple[Outcome, str]:
    """The most that any row may give of this fact, and the ceiling's id. An unknown code stands as the strictest."""
    if subject.sealed_to is not None and viewer.user_id not in subject.sealed_to:
        return Outcome.NOTHING, "ceiling-sealed"
    if fact.kind in OF_A_CASE and subject.parts is not None and viewer.agency not in subject.parts:
        return Outcome.SIGNPOST, "ceiling-case"
    return _ceiling_of_originator(viewer, fact)


def _ceiling_of_originator(viewer: Viewer, fact: Fact) -> tuple[Outcome, str]:
    own = is_own(viewer, fact)
    if not own and fact.sensitivity not in ("standard", "health-specialist"):
        return Outcome.NOTHING, "ceiling-restricted"
    if not own and (fact.handling in ORIGINATOR_ONLY or fact.handling not in HANDLING_ORDER):
        return Outcome.SIGNPOST, "ceiling-originator"
    nurse_at_home = own and viewer.role == SPECIALIST_ROLE
    if fact.sensitivity not in ("standard", "restricted") and not nurse_at_home:
        return Outcome.SIGNPOST, "ceiling-specialist"
    return Outcome.ALLOW, ""


def _sentence(outcome: Outcome, viewer: Viewer, fact: Fact) -> Sentence:
    """A signpost says which agency and nothing more, and of a specialist service not even that; a nothing names no one."""
    if outcome is Outcome.NOTHING:
        return Sentence(_KEPT)
    if outcome is Outcome.SIGNPOST and fact.sensitivity not in ("standard", "restricted"):
        return Sentence(_ASK_NURSE)
    if outcome is Outcome.SIGNPOST:
        return Sentence(_ASK, {"agency": fact.agency})
    return Sentence(_OWN) if is_own(viewer, fact) else Sentence(_SHARED, {"agency": fact.agency})


def is_own(viewer: Viewer, fact: Fact) -> bool:
    """The fact is the viewer's own agency's. Nobody owns what names no agency."""
    return viewer.agency == fact.agency and bool(viewer.agency)


def _covers(rule: str, value: str, open_values: frozenset[str]) -> bool:
    return rule == value or (rule == ANY and value in open_values)


def _reason_of_others(subject: Subject, fact: Fact) -> bool:
    return bool(subject.reasons - {fact.agency, "", WORKER})


def strictest(facts: Iterable[Fact]) -> tuple[str, str]:
    """The handling and sensitivity that a join, alias or count of these facts must carry.

    An unknown code is stricter than any known one. Nothing at all carries ("", "standard"). Restricted and
    health-specialist together are stricter than either.
    """
    held = list(facts)
    handling = max((f.handling for f in held), key=lambda c: (_place(HANDLING_ORDER, c), c), default="")
    present = {fact.sensitivity for fact in held}
    if {"restricted", "health-specialist"} <= present:
        present.add(SENSITIVITY_ORDER[-1])
    return handling, max(present, key=lambda c: (_place(SENSITIVITY_ORDER, c), c), default="standard")


def _place(order: tuple[str, ...], code: str) -> int:
    return order.index(code) if code in order else len(order)

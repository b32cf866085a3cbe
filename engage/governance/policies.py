"""May this viewer see this fact about this person, for this purpose, on this day?

One pure function, `decide`, obeying one dated table (`governance/access.yaml`). The default is nothing. Example: a
charity's parent-liaison worker opens a child's page. The police event with handling P is allowed; the one with
handling C is not, and the sentence says so without saying what it is; the pupil register's record shows only once
somebody else has a safeguarding reason.

A later issue adds sealed records and break-glass: both are further questions asked here, before the table's.
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
SENSITIVITY_ORDER = ("standard", "restricted", "health-specialist")
OPEN_HANDLING = frozenset({"", "P", "legacy-2"})
OPEN_SENSITIVITY = frozenset({"standard"})
_STRICTNESS = {Outcome.ALLOW: 0, Outcome.SIGNPOST: 1, Outcome.NOTHING: 2}


@dataclass(frozen=True)
class AccessRule:
    """One dated row of the table. `*` stands for any; `agency` is own, other, or *.

    In `handling` and `sensitivity` `*` stands only for unguarded values: an oversight in the table must not open what an
    originator guarded.
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
        own = "own" if viewer.agency == fact.agency else "other"
        plain = (
            (self.role, viewer.role),
            (self.agency, own),
            (self.kind, fact.kind),
            (self.purpose, purpose),
        )
        in_force = self.from_on <= on and (self.until_on is None or on < self.until_on)
        return (
            in_force
            and all(rule in (ANY, value) for rule, value in plain)
            and _covers(self.handling, fact.handling, OPEN_HANDLING)
            and _covers(self.sensitivity, fact.sensitivity, OPEN_SENSITIVITY)
        )

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
    matching = [rule for rule in table if rule.matches(viewer=viewer, fact=fact, purpose=purpose, on=on)]
    if not matching:
        return Decision(Outcome.NOTHING, Sentence(N_("No rule lets your role see this, so it is not shown.")))
    rule = max(matching, key=lambda r: (r.specificity(), _STRICTNESS[r.outcome], r.rule))
    if (
        rule.outcome is not Outcome.NOTHING
        and fact.cohort is Cohort.REGISTER
        and not _reason_of_others(subject, fact)
    ):
        sentence = Sentence(
            N_("This comes from a register of everyone, and nobody else has recorded a safeguarding reason.")
        )
        return Decision(Outcome.NOTHING, sentence, rule.rule)
    return Decision(rule.outcome, _SENTENCES[rule.outcome], rule.rule)


_SENTENCES = {
    Outcome.ALLOW: Sentence(N_("Your role may see this for the purpose you gave.")),
    Outcome.SIGNPOST: Sentence(
        N_("This agency knows the person. Phone them; what they hold is not shown here.")
    ),
    Outcome.NOTHING: Sentence(N_("A rule keeps this from your role for the purpose you gave.")),
}


def _covers(rule: str, value: str, open_values: frozenset[str]) -> bool:
    return rule == value or (rule == ANY and value in open_values)


def _reason_of_others(subject: Subject, fact: Fact) -> bool:
    return bool(subject.reasons - {fact.agency})


def strictest(facts: Iterable[Fact]) -> tuple[str, str]:
    """The handling and sensitivity that a join, alias or count of these facts must carry.

    An unknown code is stricter than any known one. Nothing at all carries ("", "standard").
    """
    handling, sensitivity = "", "standard"
    for fact in facts:
        handling = max(handling, fact.handling, key=lambda code: (_place(HANDLING_ORDER, code), code))
        sensitivity = max(
            sensitivity, fact.sensitivity, key=lambda code: (_place(SENSITIVITY_ORDER, code), code)
        )
    return handling, sensitivity


def _place(order: tuple[str, ...], code: str) -> int:
    return order.index(code) if code in order else len(order)

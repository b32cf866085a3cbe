"""Does a form fit together? Whatever it names is there: its own questions and the answers to them, roles, kinds of case. Each fault with its remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engage.casework.forms.counting import TOTAL
from engage.casework.forms.rules import (
    ANY,
    PARTS_KEPT_FROM,
    THE_CASE,
    WRITTEN,
    Condition,
    Form,
    Kind,
    Question,
    Tells,
)
from engage.casework.lifecycles.states import KINDS, Move, lifecycles
from engage.governance import table
from engage.vocabulary.words import N_, Sentence


Fault = tuple[str, str | Sentence]
# What a form can need of its case: each is a rule of cases (policies.py).
NEEDS = ("subject_known", "has_worker", "is_open", "adult_or_agreed")
# What a page sends besides the answers, or is kept beside them, under these names.
RESERVED = ("csrfmiddlewaretoken", "handling", "keep_words", "replaces", "sensitivity", TOTAL, "version")
ONCE = ("ever", "moment")
CHOSEN = (Kind.CHOICE, Kind.CHOICES)
DAYS = (Kind.DAY, Kind.MOMENT)


def faults(form: Form) -> Iterator[Fault]:
    """What is wrong with a form, in the order of its file: the value, and what to do about it."""
    yield from _of_head(form)
    before: dict[str, Question] = {}
    for question in form.questions:
        yield from _of_question(question, before)
        before[question.code] = question
    for question in form.questions:
        for condition in question.needed_when:
            yield from _of_condition(condition, before, question.code)
    yield from _of_kept_back(form)
    yield from _of_telling(form, before)
    if form.bands and [one.from_points for one in form.bands] != sorted(
        {one.from_points for one in form.bands}
    ):
        yield "bands", N_("List the bands from the fewest points to the most, each once.")


# What these forms say stands among the records too, where everybody reads it who may see the child's records.
KEPT_TWICE = ("return_interview",)


def _of_kept_back(form: Form) -> Iterator[Fault]:
    for question in form.questions:
        if question.not_for and form.code in KEPT_TWICE:
            yield (
                f"{question.code}: not_for",
                N_("Leave this out: what this form says stands among the records too."),
            )


# What cases read of an answer: without it a move cannot do what it is for.
READ_BY_CASES = {
    "allocation": ("worker", "lead"),
    "new_worker": ("worker", "lead"),
    "goal": ("lane", "different", "by_on", "worker", "agency"),
    "goal_review": ("goal", "reviewed_on", "how_far"),
    "referral_of_concern": ("since",),
    "young_person_of_concern": ("agreed", "nrm", "section_45", "worker"),
}


def faults_together(forms: Mapping[str, Form]) -> Iterator[Fault]:
    """What is wrong between forms and the moves of cases: an area's form in the place of the product's must do for every move that names it."""
    for kind, lifecycle in lifecycles().items():
        for move in lifecycle.moves:
            if move.form:
                yield from _of_move(kind, move, forms.get(move.form))
    for code, questions in READ_BY_CASES.items():
        for asked in questions:
            if code in forms and forms[code].question(asked) is None:
                yield f"{code}: {asked}", N_("Keep this question: cases read its answer.")


def _of_move(kind: str, move: Move, form: Form | None) -> Iterator[Fault]:
    what = f"{kind}: {move.code}: {move.form}"
    if form is None:
        yield what, N_("The move needs this form.")
        return
    if form.of and kind not in form.of:
        yield what, N_("Name this kind of case among those that the form is of.")
    left_out = sorted(set(move.who) - set(form.who)) if form.who else []
    if left_out:
        remedy = N_("Let these roles fill it in, for they make the move: %(roles)s.")
        yield what, Sentence(remedy, {"roles": ", ".join(left_out)})


def silent(own: Form, shipped: Form) -> list[str]:
    """The events that the product's form tells of, and the area's in its place no longer: no clock would hear of them."""
    return sorted({one.event for one in shipped.tells} - {one.event for one in own.tells})


def _of_head(form: Form) -> Iterator[Fault]:
    if form.bands and not form.is_local:
        yield "bands", N_("Only a form of an area may count points.")
    for kind in form.of:
        if kind not in KINDS:
            yield kind, Sentence(N_("A kind of case is one of %(known)s."), {"known": ", ".join(KINDS)})
    yield from _of_needs(form)
    roles = table.codes("roles")
    for role in (*form.who, *form.authorisers):
        if role not in roles:
            yield role, Sentence(N_("A role is one of %(known)s."), {"known": ", ".join(roles)})


def _of_needs(form: Form) -> Iterator[Fault]:
    for kind in form.needs:
        if kind not in (form.of or KINDS):
            yield f"needs: {kind}", N_("Name a kind of case that the form is of.")
    for need in sorted({need for some in form.needs.values() for need in some} - set(NEEDS)):
        yield f"needs: {need}", Sentence(N_("A need is one of %(known)s."), {"known": ", ".join(NEEDS)})


def _of_question(question: Question, before: dict[str, Question]) -> Iterator[Fault]:
    if question.code in before:
        yield question.code, N_("Two questions have the same code: give each one of its own.")
    if question.code in RESERVED or not question.code.isidentifier():
        yield question.code, N_("Give the question another code, of letters, figures and underscores.")
    yield from _of_choices(question)
    for part in sorted(set(question.not_for) - set(PARTS_KEPT_FROM)):
        yield f"{question.code}: {part}", _KEPT_FROM
    yield from _of_days(question, before)
    if question.shown_when:
        yield from _of_condition(question.shown_when, before, question.code)


def _of_days(question: Question, before: dict[str, Question]) -> Iterator[Fault]:
    """What can be said of a day is said of one; what is never taken is one of the answers to choose from."""
    if (question.is_ahead or question.ahead_when or question.not_before) and question.kind not in DAYS:
        yield f"{question.code}: {question.kind}", _A_DAY_OR_MOMENT
    if question.ahead_when:
        yield from _of_condition(question.ahead_when, before, question.code)
    if question.not_before not in ("", THE_CASE) and not _asks_for(before, question.not_before, *DAYS):
        yield f"{question.code}: {question.not_before}", _A_DAY_OR_MOMENT
    for answer in sorted(set(question.never) - set(question.codes)):
        yield f"{question.code}: {answer}", Sentence(_KNOWN, {"known": ", ".join(question.codes)})


def _of_choices(question: Question) -> Iterator[Fault]:
    codes = [one.code for one in question.choices]
    if question.kind in CHOSEN and not codes:
        yield question.code, N_("List the answers to choose from.")
    if question.kind not in CHOSEN and codes:
        yield question.code, N_("Only a choice has answers to choose from.")
    for code in codes:
        if codes.count(code) > 1:
            yield f"{question.code}: {code}", N_("Two answers have the same code: give each one of its own.")
        if code in ("True", "False"):
            yield f"{question.code}: {code}", _QUOTE


_KEPT_FROM = Sentence(
    N_("An answer can be kept from %(known)s, and from nobody else: say how guarded the entry is instead."),
    {"known": ", ".join(PARTS_KEPT_FROM)},
)
_QUOTE = N_("Write “yes” and “no” in quotation marks.")


def _of_condition(condition: Condition, known: dict[str, Question], where: str) -> Iterator[Fault]:
    asked = known.get(condition.question)
    if asked is None:
        yield (
            f"{where}: {condition.question}",
            N_("Name one of the form's own questions, which stands before."),
        )
        return
    yield from _of_answers(condition.answers, asked, where)


def _of_answers(answers: Iterable[str], asked: Question, where: str) -> Iterator[Fault]:
    if not asked.codes:
        yield f"{where}: {asked.code}", N_("Name a question with answers to choose from.")
        return
    for answer in sorted(set(answers) - set(asked.codes)):
        remedy = Sentence(_KNOWN, {"known": ", ".join(asked.codes)})
        yield f"{where}: {answer}", _QUOTE if answer in ("True", "False") else remedy


_KNOWN = N_("The answers to choose from are %(known)s.")
_A_DAY_OR_MOMENT = N_("Name a question that asks for a day or a moment.")
_A_DAY = N_("Name a question that asks for a day.")
# Of which kind a question is that holds what is told besides.
_HOLDS = {
    "clock": (Kind.CLOCK,),
    "authorised_by": (Kind.WORKER, Kind.TEXT),
    "reason": (Kind.LONG_TEXT, Kind.TEXT),
    "case": (Kind.NUMBER,),
}


def _of_besides(one: Tells, known: dict[str, Question]) -> Iterator[Fault]:
    for name, kinds in _HOLDS.items():
        asked = getattr(one, name)
        if asked and not _asks_for(known, asked, *kinds):
            remedy = N_("Name a question of one of these kinds: %(kinds)s.")
            yield f"{one.event}: {name}: {asked}", Sentence(remedy, {"kinds": ", ".join(kinds)})


def _of_telling(form: Form, known: dict[str, Question]) -> Iterator[Fault]:
    for one in form.tells:
        if one.at and not _asks_for(known, one.at, *DAYS):
            yield f"{one.event}: {one.at}", _A_DAY_OR_MOMENT
        if one.until and not _asks_for(known, one.until, Kind.DAY):
            yield f"{one.event}: {one.until}", _A_DAY
        yield from _of_besides(one, known)
        if one.unsaid not in ("", WRITTEN):
            yield f"{one.event}: {one.unsaid}", Sentence(N_("Write one of: %(words)s."), {"words": WRITTEN})
        if one.once not in ("", *ONCE):
            yield f"{one.event}: {one.once}", Sentence(N_("Write one of: %(words)s."), {"words": ", ".join(ONCE)})  # fmt: skip
        if one.when and not (one.when.answers == {ANY} and one.when.question in known):
            yield from _of_condition(one.when, known, one.event)
    if form.review and not _asks_for(known, form.review, Kind.DAY):
        yield f"review: {form.review}", _A_DAY


def _asks_for(known: Mapping[str, Question], code: str, *kinds: Kind) -> bool:
    return code in known and known[code].kind in kinds

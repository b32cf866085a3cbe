"""Cases are drawn for audit at random, by a rule that is kept with the seed, and read on the form `case_audit`, or, where it is not a child's, `case_audit_other`. What was found is told by question, never by who wrote.

The draw can be repeated: the cases that fit, in the order of their numbers, are shuffled by the seed, and the first of them taken.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from engage.casework.cases.listing import OPEN, Filter, asked_for, known
from engage.casework.cases.models import Case, CaseEntry
from engage.casework.cases.rules import Head
from engage.casework.cases.seeing import Desk
from engage.casework.forms.rules import Form, Kind
from engage.casework.lifecycles.states import CHILD
from engage.casework.week.models import Draw, DrawnCase
from engage.casework.week.reading import readable
from engage.governance import actions as governance
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_midnight
from engage.vocabulary.words import N_, EngageError, Sentence


FORM, FORM_OF_OTHERS = "case_audit", "case_audit_other"
FORMS = (FORM, FORM_OF_OTHERS)
MOST = 50
# Fewer answers than this are shown as “fewer than 5”: of two cases it could be told whose they are.
SMALL = 5


class DrawRefused(EngageError):
    """Cases cannot be drawn so."""


@dataclass(frozen=True)
class Rule:
    """By which rule cases are drawn: how many, of a kind and state ("open", "ended", one of the kind's, "" any), opened from a day to another."""

    wanted: int
    kind: str = CHILD
    state: str = OPEN
    from_on: date | None = None
    until_on: date | None = None
    seed: str = ""
    why: str = ""


@dataclass(frozen=True)
class DrawShown:
    """A draw: its rule, out of how many, by whom and when."""

    number: int
    rule: Rule
    pool: int
    by_name: str
    agency: str
    at: datetime


@dataclass(frozen=True)
class Counted:
    """How often each answer of a question was given among the cases that were read; None where that is fewer than 5, and so could tell of whom."""

    question: str
    answers: Mapping[str, int | None]
    written: int | None


def form_for(kind: str) -> str:
    """On which form a case of that kind is read."""
    return FORM if kind == CHILD else FORM_OF_OTHERS


def draw(desk: Desk, rule: Rule) -> int:
    """Draw cases and keep which; return the draw's number. Raises DrawRefused."""
    viewing = desk.see.viewing
    if not 1 <= rule.wanted <= MOST:
        raise DrawRefused(Sentence(N_("Draw between 1 and %(most)s cases."), {"most": str(MOST)}))
    # Not for secrets: whoever reads the draw must be able to make it again.
    seed = rule.seed or str(random.SystemRandom().randrange(10**9))
    pool = [head.number for head in desk.heads(list(_pool(desk, rule).order_by("seq")))]
    if not pool:
        raise DrawRefused(N_("No case fits."), remedy=N_("Choose another state or period."))
    chosen = shuffled(pool, seed)[: rule.wanted]
    with transaction.atomic():
        row = Draw.objects.create(
            kind=rule.kind, state=rule.state, from_on=rule.from_on, until_on=rule.until_on, wanted=rule.wanted, pool=len(pool), seed=seed, why=rule.why,
            agency=viewing.viewer.agency, drawn_by=viewing.viewer.user_id, drawn_by_name=viewing.viewer.name, drawn_at=viewing.at, request_id=viewing.request_id,
        )  # fmt: skip
        DrawnCase.objects.bulk_create(DrawnCase(draw=row.seq, case=case) for case in chosen)
        about = ",".join(f"case {case}" for case in chosen)
        governance.record_decision(viewing=viewing, action="audit_sample.drawn", subject=about, fields=["state"], decision="drawn")  # fmt: skip
    return int(row.seq)


def shuffled(pool: Sequence[int], seed: str) -> list[int]:
    """The pool in the order of a seed: the same for the same pool and seed."""
    found = sorted(pool)
    random.Random(seed).shuffle(found)  # noqa: S311  a draw that can be repeated
    return found


def _pool(desk: Desk, rule: Rule) -> QuerySet[Case]:
    """The cases that fit and in which the viewer's agency takes part: what is written in others is not theirs to read."""
    rows = known(desk, Case.objects.filter(desk.in_part_of(desk.see.viewing.viewer.agency, "seq")))  # fmt: skip
    rows = asked_for(rows, Filter(kind=rule.kind, state=rule.state), desk.see.build)
    if rule.from_on:
        rows = rows.filter(opened_at__gte=london_midnight(rule.from_on))
    if rule.until_on:
        rows = rows.filter(opened_at__lt=london_midnight(date.fromordinal(rule.until_on.toordinal() + 1)))
    return rows


def draws(viewing: Viewing) -> list[DrawShown]:
    """The draws of the viewer's agency, newest first."""
    return [_shown(row) for row in Draw.objects.filter(agency=viewing.viewer.agency).order_by("-seq")]


def draw_of(viewing: Viewing, number: int) -> DrawShown | None:
    """A draw of the viewer's agency."""
    row = Draw.objects.filter(pk=number, agency=viewing.viewer.agency).first()
    return _shown(row) if row else None


def _shown(row: Draw) -> DrawShown:
    rule = Rule(row.wanted, row.kind, row.state, row.from_on, row.until_on, row.seed, row.why)
    return DrawShown(row.seq, rule, row.pool, row.drawn_by_name, row.agency, row.drawn_at)


def cases_of(desk: Desk, number: int) -> list[Head]:
    """The cases of a draw of which the viewer may still know, in the order in which they came."""
    order = list(DrawnCase.objects.filter(draw=number).order_by("seq").values_list("case", flat=True))
    heads = {head.number: head for head in desk.heads(list(Case.objects.filter(pk__in=order)))}
    return [heads[case] for case in order if case in heads]


def read_since(desk: Desk, heads: Sequence[Head], since: datetime) -> list[CaseEntry]:
    """The audits of these cases that were written since they were drawn, the last of each case."""
    rows = readable(desk, heads, FORMS)
    last = {row.case: row for row in rows if row.written_at >= since}
    return list(last.values())


def results(form: Form, entries: Sequence[CaseEntry]) -> tuple[Counted, ...]:
    """By question: how often each answer was given, and of free text how many wrote something. Words are read in the case, not here."""
    return tuple(
        _counted(form, question.code, entries) for question in form.questions if question.kind is not Kind.DAY
    )


def _counted(form: Form, code: str, entries: Sequence[CaseEntry]) -> Counted:
    question = form.question(code)
    given = [row.answers[code] for row in entries if row.answers.get(code)]
    codes = question.codes if question else ()
    tally: Counter[str] = Counter()
    for answer in given:
        tally.update([answer] if isinstance(answer, str) else answer)
    answers = guarded({one: tally[one] for one in codes})
    is_hidden = None in answers.values() or 0 < len(given) < SMALL
    return Counted(code, answers, None if is_hidden else len(given))


def guarded(counts: Mapping[str, int]) -> dict[str, int | None]:
    """The counts with those below 5 left out; where that is one alone, the next smallest too, or it could be reckoned from the rest."""
    small = {code for code, count in counts.items() if 0 < count < SMALL}
    others = sorted((count, code) for code, count in counts.items() if count and code not in small)
    if len(small) == 1 and others:
        small.add(others[0][1])
    return {code: None if code in small else count for code, count in counts.items()}

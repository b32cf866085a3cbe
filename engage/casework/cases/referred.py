"""Which referrals of cases wait for an answer? Each is answered by itself: one that came while a case was open, or that opened it again, is not answered by what became of another.

A referral is named by its telling (`referral.received`); what answers it names it (`referral.decided`, `referrer.told`). What was answered before tellings had names
answers all that had come by then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from engage.casework.cases.belonging import name_of
from engage.casework.cases.conditions import Condition
from engage.casework.cases.models import CaseEntry, CaseMove, ReferralWaits, Told
from engage.casework.cases.rules import ANSWERS, DECIDED, NONE, NOT_TAKEN, RECEIVED
from engage.casework.lifecycles.states import KINDS, lifecycle


REOPENED = "reopened"
# The forms of referrals, of every kind of case.
REFERRALS = tuple(lifecycle(kind).referral for kind in KINDS)
# With this form it is said why the copy of a referral stands no more in the case into which its own went.
APART = "referral_apart"


def opened_with(case: int) -> str:
    """The name of the referral with which a case was opened, or last opened again: it is answered by the moves of the case."""
    began = Q(move="opened") | Q(to_state=REOPENED)
    move = CaseMove.objects.filter(began, case=case).order_by("-number").first()
    row = Told.objects.filter(by="entry", number=move.entry, event=RECEIVED).order_by("seq").first() if move and move.entry else None  # fmt: skip
    return name_of(row) if row else NONE


def left_with(event: str, case: int, answers: str) -> tuple[str, ...]:
    """To which referrals an event of a move belongs. What answers one answers the referral that the moves of the case answer; where the case is declined, what was taken into it
    before is left with it, but nothing that still waits for its own answer."""
    if event != NOT_TAKEN:
        return (answers if event in ANSWERS else "",)
    decided = _standing(Told.objects.filter(case=case, event=DECIDED).exclude(regards=None))
    return tuple(dict.fromkeys((answers, *(row.regards or "" for row in decided.order_by("seq")))))


def taken_on_after_all(case: int) -> list[Told]:
    """What says that referrals of a case were declined, where it was opened again without a new one right after that: who now takes the case on, takes them on after all."""
    last = CaseMove.objects.filter(case=case, to_state=REOPENED).order_by("-number").first()
    if last is None or opened_with(case) != NONE:
        return []
    left = CaseMove.objects.filter(case=case, number__lt=last.number, to_state=last.from_state).exclude(from_state=last.from_state)  # fmt: skip
    declined = left.order_by("-number").first()
    if declined is None:
        return []
    said = Told.objects.filter(case=case, event=NOT_TAKEN, by="move", number=declined.number)
    return list(_standing(said).order_by("seq"))


def _standing(rows: QuerySet[Told]) -> QuerySet[Told]:
    """Those of these tellings that no later one corrects or takes back."""
    return rows.exclude(Exists(Told.objects.filter(replaces=OuterRef("seq"))))


def named(entry: int) -> Told | None:
    """The telling of a referral by its entry; None where the entry is none."""
    return tellings([entry]).get(entry)


def tellings(entries: Iterable[int]) -> dict[int, Told]:
    """The telling of each of these referrals by its entry; nothing of an entry that is none."""
    rows = Told.objects.filter(by="entry", number__in=list(entries), event=RECEIVED).order_by("-seq")
    return {row.number: row for row in rows}


def waiting(event: str = DECIDED) -> QuerySet[Told]:
    """Of every case the referrals to which this answer was not given, as they stand now; `number` is the entry of each."""
    name = Coalesce(OuterRef("name"), Concat(Value("told:"), Cast(OuterRef("seq"), CharField())))
    is_its = Q(regards=name) | Q(regards=None, seq__gt=OuterRef("seq"))
    answers = _standing(Told.objects.filter(is_its, case=OuterRef("case"), event=event))
    return _standing(Told.objects.filter(event=RECEIVED).exclude(case=None)).exclude(Exists(answers))


def lay_down(cases: Collection[int]) -> None:
    """Lay down anew which referrals of these cases wait to be decided, for lists to read: to look through all that was told takes long. Within the transaction of what was told."""
    ReferralWaits.objects.filter(case__in=cases).delete()
    rows = list(waiting().filter(case__in=cases))
    entries = CaseEntry.objects.in_bulk([row.number for row in rows])
    ReferralWaits.objects.bulk_create(
        ReferralWaits(
            told=row.seq, case=row.case, entry=row.number, agency=entry.agency, handling=entry.handling, sensitivity=entry.sensitivity, told_at=row.told_at
        )
        for row in rows
        if row.case is not None and (entry := entries.get(row.number))
    )  # fmt: skip


def waiting_cases() -> list[int]:
    """Every case in which a referral waits to be decided, or was laid down as waiting."""
    laid = ReferralWaits.objects.values_list("case", flat=True)
    return sorted({case for case in (*laid, *waiting().values_list("case", flat=True)) if case is not None})


def entry_of(told: Told | None) -> QuerySet[CaseEntry]:
    """The entry that told of a referral; none where there is none."""
    return CaseEntry.objects.filter(pk=told.number) if told else CaseEntry.objects.none()


def unanswered(case: int) -> frozenset[int]:
    """The entries of the referrals of a case to which an answer is owed: it was not decided, or whoever referred was not told."""
    return frozenset(number for event in ANSWERS for number in waiting(event).filter(case=case).values_list("number", flat=True))  # fmt: skip


def is_by(user: str, form: str, column: str) -> Q:
    """The condition that this worker referred on this form in a row's case (its number is in `column`), and that it stands there: it is not the copy of a referral whose own case is another
    after all."""
    return Q(Condition(_IS_BY, case=F(column), form=form, user=user, apart=APART))


_IS_BY = """exists (
    select 1 from cases_caseentry referral where referral."case" = {case} and referral.form = {form} and referral.written_by = {user}
    and not exists (
        select 1 from cases_caseentry gone where gone."case" = referral."case" and gone.form = {apart} and gone.copy_of = referral.copy_of and gone.seq > referral.seq
    )
)"""

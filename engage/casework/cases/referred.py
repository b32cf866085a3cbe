"""Which referrals of cases wait for an answer? Each is answered by itself: one that came while a case was open, or that opened it again, is not answered by what became of another.

A referral is named by its telling (`referral.received`); what answers it names it (`referral.decided`, `referrer.told`). What was answered before tellings had names
answers all that had come by then.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from engage.casework.cases.belonging import name_of
from engage.casework.cases.models import CaseEntry, CaseMove, Told
from engage.casework.cases.rules import ANSWERS, DECIDED, NONE, RECEIVED


REOPENED = "reopened"
# With this form it is said why the copy of a referral stands no more in the case into which its own went.
APART = "referral_apart"


def opened_with(case: int) -> str:
    """The name of the referral with which a case was opened, or last opened again: it is answered by the moves of the case."""
    began = Q(move="opened") | Q(to_state=REOPENED)
    move = CaseMove.objects.filter(began, case=case).order_by("-number").first()
    row = Told.objects.filter(by="entry", number=move.entry, event=RECEIVED).order_by("seq").first() if move and move.entry else None  # fmt: skip
    return name_of(row) if row else NONE


def named(entry: int) -> Told | None:
    """The telling of a referral by its entry; None where the entry is none."""
    return tellings([entry]).get(entry)


def tellings(entries: Iterable[int]) -> dict[int, Told]:
    """The telling of each of these referrals by its entry; nothing of an entry that is none."""
    rows = Told.objects.filter(by="entry", number__in=list(entries), event=RECEIVED).order_by("-seq")
    return {row.number: row for row in rows}


def waiting(event: str = DECIDED) -> QuerySet[Told]:
    """Of every case the referrals to which this answer was not given, as they stand now; `number` is the entry of each."""
    later = Told.objects.filter(replaces=OuterRef("seq"))
    name = Coalesce(OuterRef("name"), Concat(Value("told:"), Cast(OuterRef("seq"), CharField())))
    is_its = Q(regards=name) | Q(regards=None, seq__gt=OuterRef("seq"))
    answers = Told.objects.filter(is_its, case=OuterRef("case"), event=event).exclude(Exists(later))
    return Told.objects.filter(event=RECEIVED).exclude(case=None).exclude(Exists(later)).exclude(Exists(answers))  # fmt: skip


def entry_of(told: Told | None) -> QuerySet[CaseEntry]:
    """The entry that told of a referral; none where there is none."""
    return CaseEntry.objects.filter(pk=told.number) if told else CaseEntry.objects.none()


def unanswered(case: int) -> frozenset[int]:
    """The entries of the referrals of a case to which an answer is owed: it was not decided, or whoever referred was not told."""
    return frozenset(number for event in ANSWERS for number in waiting(event).filter(case=case).values_list("number", flat=True))  # fmt: skip


def standing_here(referrals: QuerySet[CaseEntry]) -> QuerySet[CaseEntry]:
    """Those of these referrals that stand in the case in which they are: not the copy of one whose own case is another after all."""
    gone = CaseEntry.objects.filter(form=APART, case=OuterRef("case"), copy_of=OuterRef("copy_of"), seq__gt=OuterRef("seq"))  # fmt: skip
    return referrals.exclude(Exists(gone))

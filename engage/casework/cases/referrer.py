"""What of a case does an agency read that takes part only because it referred? Its own referrals, and of what answers them the words that are for the referrer.

Its own is what one of its workers wrote, and what a partner of it wrote by a link."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from engage.casework.cases import lasting, referred
from engage.casework.cases.belonging import name_of
from engage.casework.cases.models import CaseEntry, CaseMove, CasePart, Told
from engage.casework.cases.rules import ANSWERS, REFERRER, EntryShown, Part
from engage.casework.cases.seeing import Desk
from engage.casework.forms.reading import every_question
from engage.store.area import Area
from engage.vocabulary.access import Subject


# What is said to a referrer, on whichever form answers a referral.
FOR_THE_REFERRER = frozenset({"answer", "how", "said", "told_how", "reason", "to_referrer"})


def only_referred(parts: Iterable[Part], agency: str) -> bool:
    """That agency takes part as the referrer, and as nothing else."""
    mine = {part.part for part in parts if part.agency == agency}
    return mine == {REFERRER}


def shown(
    desk: Desk,
    area: Area,
    subject: Subject,
    written: Sequence[CaseEntry],
    kept_back: Mapping[str, frozenset[str]],
) -> list[EntryShown]:
    """The referrals of the viewer's agency and what answers them, as far as it is for a referrer (`kept_back`: what a form keeps from them even so); of everything else that
    somebody wrote it."""
    mine = desk.see.viewing.viewer.agency
    referrals = [row for row in written if row.form in referred.REFERRALS]
    own = {row.seq for row in referrals if row.agency == mine} | _by_link(referrals, mine)
    own = _standing(written, own)
    answers = _standing(written, _answers(own)) - own
    as_referrer = replace(subject, parts=frozenset({mine}))
    forms = {row.form for row in written if row.seq in answers}
    kept = {form: every_question(area, form) - FOR_THE_REFERRER | kept_back.get(form, frozenset()) for form in forms}  # fmt: skip
    found = desk.entries(subject, (row for row in written if row.seq not in own | answers))
    found += desk.entries(as_referrer, (row for row in written if row.seq in own), kept_back)
    found += desk.entries(as_referrer, (row for row in written if row.seq in answers), kept)
    return sorted(found, key=lambda one: one.number)


def _by_link(referrals: Iterable[CaseEntry], agency: str) -> set[int]:
    """Those of these referrals that a partner of that agency wrote by a link, also as they were corrected, and as copies of them stand in the case into which their own went."""
    first = first_written(referrals)
    parts = CasePart.objects.filter(
        agency=agency, part=REFERRER, by=lasting.REFERRAL, number__in=first.values()
    )
    theirs = set(parts.values_list("number", flat=True))
    return {number for number, was in first.items() if was in theirs}


def first_written(referrals: Iterable[CaseEntry]) -> dict[int, int]:
    """By the number of each of these referrals that of the entry as which it was first written, in this case or in the one that went into it."""
    first = {row.seq: row.copy_of or row.seq for row in referrals}
    while earlier := dict(_corrects(first.values())):
        first = {number: earlier.get(was, was) for number, was in first.items()}
    return first


def _corrects(entries: Iterable[int]) -> Iterable[tuple[int, int]]:
    rows = CaseEntry.objects.filter(pk__in=set(entries), form__in=referred.REFERRALS, replaces__isnull=False)
    return ((seq, was) for seq, was in rows.values_list("seq", "replaces") if was is not None)


def _answers(referrals: Collection[int]) -> set[int]:
    """The entries that answer these referrals: with a move, or by themselves."""
    names = {name_of(row) for row in referred.tellings(referrals).values()}
    told = list(Told.objects.filter(regards__in=names, event__in=ANSWERS))
    moves = {(row.case, row.number) for row in told if row.by == "move"}
    made = CaseMove.objects.filter(case__in={case for case, _number in moves}).exclude(entry=None)
    by_move = {row.entry for row in made if (row.case, row.number) in moves and row.entry is not None}
    return by_move | {row.number for row in told if row.by == "entry"}


def _standing(written: Sequence[CaseEntry], entries: set[int]) -> set[int]:
    """These entries with what corrects them."""
    found = set(entries)
    for row in written:
        if row.replaces in found:
            found.add(row.seq)
    return found

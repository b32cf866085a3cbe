"""How is one referral of a case answered by itself, and who may? Whoever may make the move that answers a referral with which a case is opened."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from engage.casework.cases import deciding, referred, timing, writing
from engage.casework.cases.belonging import name_of
from engage.casework.cases.models import Told
from engage.casework.cases.parts import parts_of
from engage.casework.cases.rules import Head, MoveRefused, Written
from engage.casework.cases.seeing import Desk
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_, Sentence, in_words


FORM, DOOR = "referral_answer", "referral"
# By which move of a case a referral is answered so: the first that its kind of case has.
_AS = {
    "acknowledged": ("acknowledge", "take_on"),
    "taken_in": ("accept", "take_on"),
    "declined": ("decline",),
}


def answer(viewing: Viewing, build: Build, area: Area, where: tuple[int, int], written: Written) -> int:
    """Keep the answer to a referral (`where`: its case, and its entry); return the answer's entry. Raises CaseNotShown, MoveRefused, AnswersWrong."""
    number, entry = where
    desk, row, head = deciding.case_seen(viewing, build, number)
    deciding.check_takes_part(desk, head)
    told = _referral(desk, head, entry)
    form, written = deciding.check_written(viewing, area, head.kind, replace(written, replaces=None), expected=FORM)  # fmt: skip
    _check_may(viewing, area, head, str(written.answers["answer"]))
    with transaction.atomic():
        kept = writing.write_entry(viewing, row, "", form, replace(written, regards=name_of(told)))
        timing.lay_down(desk.see, area, [number])
    return kept


def _referral(desk: Desk, head: Head, entry: int) -> Told:
    """The referral of this case that the entry is, which the viewer may read and which waits for an answer. Raises CaseNotShown, MoveRefused."""
    told = referred.named(entry)
    parts = parts_of([head.number], desk.see.viewing.at).get(head.number, ())
    shown = desk.entries(desk.subject_of(head, parts), referred.entry_of(told))
    if told is None or told.case != head.number or not shown or shown[0].answers is None:
        raise deciding.not_shown(desk.see.viewing, head.log_name)
    if entry not in referred.unanswered(head.number):
        raise MoveRefused(
            N_("This referral has been answered."),
            remedy=N_("Correct the answer if it was wrong: it stands below."),
        )
    return told


def _check_may(viewing: Viewing, area: Area, head: Head, how: str) -> None:
    move = next(made for code in _AS[how] if (made := head.lifecycle.move(code)))
    viewer = viewing.viewer
    of_agency = not move.agencies or deciding.kind_of_agency(area, viewer.agency) in move.agencies
    if viewer.role not in move.who or not of_agency:
        who = ", ".join(map(in_words, (*move.who, *move.agencies)))
        raise MoveRefused(Sentence(N_("A referral is answered so by: %(who)s."), {"who": who}))

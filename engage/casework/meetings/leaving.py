"""How is somebody left out, and what follows from it?

An agency takes part in a case, or in the whole of a meeting, or not, by the last word on it; a word on a case beats one on the whole. An open word counts once the chair has signed it. A sealed one counts
from the moment that it is written, whatever else the agency has to do with the meeting, and the chair alone takes it back: whoever would be tipped off would be while it waits.
Who is left out of the whole with a seal is invited to nothing but by the chair, also not to a case that is put on later; and who takes part in a case alone, left out of the whole, reads nothing that is said of the whole.
"""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from engage.casework.cases import lasting
from engage.casework.meetings import carrying, models, telling, writing
from engage.casework.meetings.book import books
from engage.casework.meetings.deciding import Opened, check_nameless
from engage.casework.meetings.inviting import Guest, chosen_of, known_of
from engage.casework.meetings.rules import LEFT_OUT, SIGNED, Invitee, MeetingRefused, Word
from engage.vocabulary.words import N_, Sentence


def leave_out(found: Opened, guest: Guest, word: Word) -> None:
    """Keep that somebody is left out and why; signed at once where the chair says it. Raises MeetingRefused."""
    if not word.text.strip():
        raise MeetingRefused(N_("Say why they are left out: the chair signs for it."))
    one = chosen_of(found, known_of(found), guest, is_out=True)
    _check_may_be_left_out(found, one)
    if not word.is_sealed:
        check_nameless(found, (word.text,))
    cases = {scope.case for scope in one.scopes}
    if guest.case is None:
        # Of the whole, and of each case that is on the agenda now: what is put on later is another matter.
        cases |= {None, *(item.case for item in found.book.items)}
    with transaction.atomic():
        row = writing.row_of(found.viewing, found.number, one)
        for scope in one.scopes:
            writing.scope_of(found.viewing, found.number, row, scope)
        for case in sorted(cases, key=lambda case: case or 0):
            writing.say(found.viewing, found.number, row, replace(word, case=case))
            if found.desk.is_chair(found.book):
                writing.say(found.viewing, found.number, row, Word(SIGNED, case))
        _leave(found, one.agency)
        carrying.lay_down(found.number)
        if word.is_sealed:
            carrying.carry_on(found.viewing, found.number)
            telling.heard_anew(found.desk.desk.see, found.area, found.book.cases)
        writing.record(found.viewing, "meeting.left_out", found.number, ["reason"], "left out", cases)


def _check_may_be_left_out(found: Opened, one: Invitee) -> None:
    head = found.book.head
    if one.user and one.user in (head.chair, head.organiser):
        raise MeetingRefused(
            Sentence(N_("%(who)s chairs or called this meeting, and cannot be left out of it."), {"who": one.user_name}),
            remedy=N_("Hand the chair on first, or call another meeting."),
        )  # fmt: skip


def sign(found: Opened, one: Invitee) -> None:
    """Keep the chair's signature under what waits for it. Raises MeetingRefused."""
    stands = found.book.stands(one.number)
    waiting = [case for case, said in stands.items() if said.state == LEFT_OUT and not said.is_signed]
    if not waiting:
        raise MeetingRefused(N_("Nothing of this waits for your signature."))
    with transaction.atomic():
        for case in waiting:
            writing.say(found.viewing, found.number, one.number, Word(SIGNED, case))
        _leave(found, one.agency)
        carrying.lay_down(found.number)
        writing.record(found.viewing, "meeting.signed", found.number, ["left_out"], "signed", waiting)


def _leave(found: Opened, agency: str) -> None:
    """An agency that takes part in a case of the meeting no more takes part in the case no longer because of it."""
    (now,) = books([models.Meeting.objects.get(pk=found.number)])
    out = {item.case for item in now.items if agency not in now.parts(item.case)}
    lasting.end(found.viewing, "left_out", (lasting.MEETING, found.number), cases=out, agencies=[agency])

"""What follows when a meeting was held? Cases that wait for it move on, and clocks are told when it was: with the meeting's own move, all or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction

from engage.casework.cases import actions as cases
from engage.casework.cases import concern
from engage.casework.cases.deciding import case_seen, check_move
from engage.casework.cases.models import Case, Told
from engage.casework.cases.rules import QUESTION, Head
from engage.casework.meetings import policies, telling, writing
from engage.casework.meetings.book import books
from engage.casework.meetings.deciding import Opened, refused
from engage.casework.meetings.kinds.reading import seats
from engage.casework.meetings.kinds.rules import Came, Need, missing
from engage.casework.meetings.models import Meeting
from engage.casework.meetings.proposing import proposals
from engage.casework.meetings.rules import ATTENDANCE, CAME, Holding, Invitee, MeetingRefused
from engage.store.warehouse import Build
from engage.vocabulary.words import N_, Sentence


DOOR = "meeting"


def hold(found: Opened, build: Build, done: Holding) -> None:
    """Keep that it was held. Raises MeetingRefused, MoveRefused, MovedOn."""
    viewing, head = found.viewing, found.book.head
    if head.starts_at > viewing.at:
        raise MeetingRefused(
            N_("It has not begun yet."),
            remedy=N_("Mark it as held when it was; put it off if its time is wrong."),
        )
    if _hides_any(found):
        raise refused(viewing, found.number, Sentence(policies.NOT_ALL_OF_IT))
    lacking, unsettled = [*lacking_of(found), *_no_chair(found, done)], unsettled_of(found)
    why = policies.refused_holding(viewing.viewer, found.kind, lacking, unsettled, done.reason)
    if why:
        raise refused(viewing, found.number, why)
    moving = _to_move(found, build)
    missed = [*(policies.who(found.kind, need) for need in lacking), *(one.called for one in unsettled)]
    names = [*missed, *warned_of(found)]
    with transaction.atomic():
        writing.move(
            viewing, replace(head, version=done.version), "held", why=(done.reason.strip() if missed else "", names)
        )  # fmt: skip
        told = {
            case.number: _moved(found, build, case) if case.number in moving else None
            for case in found.desk.heads(found.book)
        }
        telling.held(found.desk.desk.see, found.area, found.kind, head, told)


def _hides_any(found: Opened) -> bool:
    """A case on the agenda is not the viewer's to know of: it would stay where it is, and its clocks would not be told. What has become a question is on nobody's agenda."""
    if not found.book.is_cut:
        return False
    (whole,) = books([Meeting.objects.get(pk=found.number)])
    hidden = {item.case for item in whole.items} - {item.case for item in found.book.items}
    questions = concern.standing(Case.objects.filter(pk__in=hidden), QUESTION).values_list("pk", flat=True)
    return bool(hidden - set(questions))


def _no_chair(found: Opened, done: Holding) -> list[Need]:
    """The chair, where the quorum asks for one and nobody says that they were there. A chair who marks it as held themselves was."""
    asks = found.kind.chair
    return [] if asks is None or done.was_chaired or found.desk.is_chair(found.book) else [asks]


def lacking_of(found: Opened) -> list[Need]:
    """Who must have come and did not, as far as it is said."""
    return missing(found.kind, came_of(found.invitees))


def warned_of(found: Opened) -> list[str]:
    """Whose absence the kind of meeting asks to be seen and nobody has come for, as far as it is said."""
    came = {one.member for one in came_of(found.invitees)}
    return [seats().title(seat) for seat in found.kind.warn if not came & seats().speak_for(seat)]


def came_of(some: Iterable[Invitee]) -> list[Came]:
    """Who came, as the last word on each says."""
    words = [(one, one.last(ATTENDANCE)) for one in some]
    return [Came(one.agency, one.member, word.role) for one, word in words if word and word.says == CAME]


def unsettled_of(found: Opened) -> list[Invitee]:
    """Who holds records or a seat, and is neither invited nor left out with the chair's signature."""
    return [one for one in proposals(found.desk, found.area, found.kind, found.book) if one.is_open]


def _to_move(found: Opened, build: Build) -> set[int]:
    """The cases that wait for this meeting; the move of each is tried before anything is kept. Raises MoveRefused."""
    waiting = set()
    for head in found.desk.heads(found.book) if found.kind.move else ():
        made = head.lifecycle.move(found.kind.move)
        if made and head.state.code in made.from_states:
            desk, _row, seen = case_seen(found.viewing, build, head.number)
            check_move(desk, found.area, seen, made.code, door=DOOR)
            waiting.add(head.number)
    return waiting


def _moved(found: Opened, build: Build, case: Head) -> int | None:
    """The case that waited for this moves on; return the number of what its move told of it."""
    moving = cases.Moving(case.number, found.kind.move, case.version)
    number = cases.move(viewing=found.viewing, build=build, area=found.area, moving=moving, door=DOOR)
    told = Told.objects.filter(case=case.number, event=found.kind.event, by="move", number=number)
    return told.values_list("seq", flat=True).first()

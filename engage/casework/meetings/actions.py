"""The writing door of meetings: call one, put cases on its agenda and in order, invite, leave out, say who chairs, who came, and that it was held, put off or not held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from engage.casework.cases.rules import Head as CaseHead
from engage.casework.cases.rules import MovedOn
from engage.casework.meetings import (
    carrying,
    deciding,
    holding,
    inviting,
    leaving,
    policies,
    telling,
    writing,
)
from engage.casework.meetings.deciding import CONVENE, to_arrange, to_propose
from engage.casework.meetings.inviting import Guest
from engage.casework.meetings.kinds.reading import kind_of
from engage.casework.meetings.rules import (
    ANSWERED,
    ATTENDANCE,
    LEFT_OUT,
    REPLIES,
    SAID,
    Attended,
    Convening,
    Holding,
    Item,
    MeetingNotShown,
    MeetingRefused,
    Person,
    Word,
)
from engage.casework.meetings.seeing import agenda, meeting_desk
from engage.governance import actions as governance
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_, Sentence


__all__ = [
    "Attended",
    "Convening",
    "Guest",
    "Holding",
    "MeetingNotShown",
    "MeetingRefused",
    "MovedOn",
    "Person",
    "Word",
    "attendance",
    "call_off",
    "change_chair",
    "convene",
    "hold",
    "invite",
    "leave_out",
    "put_on_agenda",
    "reorder",
    "say",
    "sign",
    "take_off_agenda",
]


def convene(*, viewing: Viewing, build: Build, area: Area, convening: Convening) -> int:
    """Call a meeting with cases on its agenda; return its number. Audited. Raises MayNotDo, KindUnknown, MeetingRefused, CaseNotShown."""
    governance.check_may(viewing=viewing, what=CONVENE, subject="meeting")
    kind = kind_of(area, convening.kind)
    area.agency(convening.chair.agency)
    desk = meeting_desk(viewing, build)
    heads = inviting.cases_seen(desk, convening.cases)
    deciding.check_takes(kind, heads)
    inviting.check_may_chair(desk, convening.chair, heads)
    items = [Item(head.number, inviting.section_of(kind, head), place) for place, head in enumerate(heads, 1)]
    desk.check_heading(convening.called, convening.place, heads)
    with transaction.atomic():
        number = writing.open_meeting(viewing, convening, items)
        carrying.carry(viewing, number, convening.cases)
        found = to_arrange(viewing, build, area, number)
        telling.called(found.desk.desk.see, area, kind, found.book.head, convening.cases)
    return number


def put_on_agenda(
    *, viewing: Viewing, build: Build, area: Area, number: int, cases: Sequence[int], section: str = ""
) -> None:
    """Put cases on the agenda, in the section where they belong or the one named; what is there already goes to its end. Audited. Raises MeetingNotShown, MeetingRefused,
    CaseNotShown."""
    found = to_arrange(viewing, build, area, number)
    deciding.check_move(found, "changed")
    heads = inviting.cases_seen(found.desk, cases)
    deciding.check_takes(found.kind, heads)
    _check_called(found, heads)
    if section and found.kind.section(section) is None:
        raise MeetingRefused(N_("The agenda has no such section."))
    last = max((item.place for item in found.book.items), default=0)
    with transaction.atomic():
        for place, head in enumerate(heads, last + 1):
            where = inviting.section_of(found.kind, head, section)
            writing.put_on(viewing, number, Item(head.number, where, place))
        carrying.carry(viewing, number, cases)
        again = deciding.opened(viewing, build, area, number)
        invited = [one for one in again.desk.invitees(again.book, area, again.kind) if one.is_invited]
        inviting.join(again, [inviting.invited_for(one) for one in invited], [head.number for head in heads])
        telling.called(found.desk.desk.see, area, found.kind, found.book.head, cases)
        writing.record(viewing, "meeting.item", number, ["agenda"], "put on", [head.number for head in heads])


def _check_called(found: deciding.Opened, heads: Sequence[CaseHead]) -> None:
    """When it was called, its title was looked through for the names of those on its agenda then. Raises MeetingRefused."""
    head = found.book.head
    try:
        found.desk.check_heading(head.called, head.place, heads)
    except MeetingRefused:
        raise MeetingRefused(
            N_("A child is named in what this meeting is called, or where it is."),
            remedy=N_(
                "It stands in calendars, and stays: bring the case to a meeting that is called otherwise."
            ),
        ) from None


def take_off_agenda(*, viewing: Viewing, build: Build, area: Area, number: int, case: int) -> None:
    """Take a case off the agenda. Audited. Raises MeetingNotShown, MeetingRefused."""
    found = to_arrange(viewing, build, area, number)
    deciding.check_move(found, "changed")
    item = next((item for item in found.book.items if item.case == case), None)
    if item is None:
        raise MeetingRefused(N_("This is not on the agenda."))
    with transaction.atomic():
        writing.put_on(viewing, number, item, is_on=False)
        telling.taken_off(found.desk.desk.see, area, found.kind, found.book.head, [case])
        writing.record(viewing, "meeting.item", number, ["agenda"], "taken off", [case])


def reorder(
    *, viewing: Viewing, build: Build, area: Area, number: int, cases: Sequence[int], stood: Sequence[int]
) -> None:
    """Put the agenda in this order: every case on it that the viewer knows of, each within its section; `stood` is the order that they read. What they may not know of keeps its place. Audited. Raises
    MeetingNotShown, MeetingRefused, MovedOn."""
    deciding.check_move(to_arrange(viewing, build, area, number), "changed")
    with transaction.atomic():
        writing.hold_on(number)
        found = deciding.opened(viewing, build, area, number)
        items = {item.case: item for item in found.book.items}
        if list(stood) != agenda(found.kind, found.book, {}).cases or sorted(cases) != sorted(items):
            raise MovedOn(
                N_("Somebody changed the agenda while you were writing."),
                remedy=N_(
                    "Below it stands as it is now. Your numbers are kept: send them again if they are still needed."
                ),
            )
        for case, place in zip(cases, _places(list(items.values())), strict=True):
            if items[case].place != place:
                writing.put_on(viewing, number, replace(items[case], place=place))
        writing.record(viewing, "meeting.item", number, ["agenda"], "ordered")


def invite(*, viewing: Viewing, build: Build, area: Area, number: int, guests: Sequence[Guest]) -> int:
    """Invite some of those who are proposed, or somebody besides; return how many were. Agencies invited for a case, or by law, take part in it from now on. Audited. Raises
    MayNotDo, MeetingNotShown, MeetingRefused."""
    found = to_propose(viewing, build, area, number)
    deciding.check_move(found, "changed")
    with transaction.atomic():
        count = inviting.invite(found, guests)
        telling.invited(found.desk.desk.see, area, found.kind, found.book.head, _agenda(found))
    return count


def _agenda(found: deciding.Opened) -> list[int]:
    return [item.case for item in found.book.items]


def leave_out(*, viewing: Viewing, build: Build, area: Area, number: int, guest: Guest, word: Word) -> None:
    """Leave somebody out, with a reason: of a case, or of all. An open one counts once the chair has signed it, a sealed one at once; the chair signs what they say themselves. Audited. Raises
    MayNotDo, MeetingNotShown, MeetingRefused."""
    found = to_propose(viewing, build, area, number)
    deciding.check_move(found, "changed")
    leaving.leave_out(found, guest, replace(word, says=LEFT_OUT))


def sign(*, viewing: Viewing, build: Build, area: Area, number: int, invitee: int) -> None:
    """Sign, as the chair, that somebody is left out. Audited. Raises MeetingNotShown, MeetingRefused."""
    found = deciding.opened(viewing, build, area, number)
    if not found.desk.is_chair(found.book):
        raise deciding.refused(viewing, number, Sentence(policies.CHAIR_ONLY))
    leaving.sign(found, deciding.the_invitee(found, invitee))


def say(*, viewing: Viewing, build: Build, area: Area, number: int, invitee: int, word: Word) -> None:
    """Say that somebody comes or does not, what they said, or what they were answered: for one's own agency, or as whoever arranges the meeting. Audited. Raises
    MeetingNotShown, MeetingRefused."""
    found = deciding.opened(viewing, build, area, number)
    one = deciding.the_invitee(found, invitee)
    is_own = one.agency == viewing.viewer.agency and word.says in REPLIES
    if not is_own and not deciding.arranges(found):
        raise deciding.refused(viewing, number, Sentence(policies.MAY_NOT))
    if word.says not in (*REPLIES, SAID, ANSWERED) or not one.is_invited:
        raise MeetingRefused(N_("This can be said only of somebody who is invited."))
    deciding.check_nameless(found, (word.text, word.who))
    with transaction.atomic():
        writing.say(viewing, number, invitee, replace(word, is_sealed=False))
        writing.record(viewing, "meeting.word", number, [word.says], "said")


def attendance(*, viewing: Viewing, build: Build, area: Area, number: int, some: Sequence[Attended]) -> None:
    """Keep who came and who did not. A later word on somebody counts. Audited. Raises MeetingNotShown, MeetingRefused."""
    found = to_arrange(viewing, build, area, number)
    if found.book.head.state == "not_held":
        raise MeetingRefused(N_("This meeting was not held."))
    for one in some:
        if not deciding.the_invitee(found, one.invitee).is_invited:
            raise MeetingRefused(
                N_("Somebody who was not invited cannot be marked as there: invite them first.")
            )
    deciding.check_nameless(found, (one.who for one in some))
    with transaction.atomic():
        for one in some:
            says = ATTENDANCE[0] if one.came else ATTENDANCE[1]
            writing.say(viewing, number, one.invitee, Word(says, who=one.who, role=one.role))
        writing.record(viewing, "meeting.attendance", number, ["attendance"], "said")


def hold(*, viewing: Viewing, build: Build, area: Area, done: Holding) -> None:
    """Keep that the meeting was held: cases that wait for it move on, and clocks are told, in one transaction. Audited. Raises MeetingNotShown, MeetingRefused, MoveRefused,
    MovedOn."""
    found = to_arrange(viewing, build, area, done.number)
    deciding.check_move(found, "held")
    holding.hold(found, build, done)


def call_off(
    *, viewing: Viewing, build: Build, area: Area, done: Holding, starts_at: datetime | None = None
) -> None:
    """Say that the meeting is not held, with the reason; or, where `starts_at` says when, that it is put off until then. Audited. Raises MeetingNotShown, MeetingRefused,
    MovedOn."""
    found = to_arrange(viewing, build, area, done.number)
    code = "changed" if starts_at else "not_held"
    deciding.check_move(found, code)
    _check_reason(found, done)
    head = replace(found.book.head, version=done.version)
    moved = replace(head, starts_at=starts_at) if starts_at else head
    with transaction.atomic():
        writing.move(
            viewing, head, code, columns={"starts_at": starts_at} if starts_at else {}, why=(done.reason.strip(), [])
        )  # fmt: skip
        tell = telling.called if starts_at else telling.taken_off
        tell(found.desk.desk.see, area, found.kind, moved, _agenda(found))


def change_chair(*, viewing: Viewing, build: Build, area: Area, done: Holding, chair: Person) -> None:
    """Say who chairs the meeting from now on, and why: as its chair, or as a guardian of records. Who reads sealed reasons changes with it, so nobody else names the chair.
    Audited. Raises MeetingNotShown, MeetingRefused, AreaSettingsWrong, MovedOn."""
    found = deciding.opened(viewing, build, area, done.number)
    if not found.desk.may_unseal(found.book):
        raise deciding.refused(viewing, done.number, Sentence(policies.CHAIR_OR_GUARDIAN))
    deciding.check_move(found, "chair")
    _check_reason(found, done)
    area.agency(chair.agency)
    inviting.check_may_chair(found.desk, chair, found.desk.heads(found.book), found.book)
    columns = {"chair": chair.user, "chair_name": chair.name, "chair_agency": chair.agency}
    head = replace(found.book.head, version=done.version)
    with transaction.atomic():
        writing.move(viewing, head, "chair", columns=columns, why=(done.reason.strip(), []))
        if found.book.has_out:
            # Who chairs is there as a person, whatever their agency is left out of.
            carrying.lay_down(done.number)
            telling.heard_anew(found.desk.desk.see, area, found.book.cases)


def _check_reason(found: deciding.Opened, done: Holding) -> None:
    if not done.reason.strip():
        raise MeetingRefused(N_("Say why: those who were invited read it."))
    deciding.check_nameless(found, (done.reason,))


def _places(items: Sequence[Item]) -> list[int]:
    """The places that these items have among them, in their order, no two alike."""
    made: list[int] = []
    for item in sorted(items, key=lambda one: one.place):
        made.append(max(item.place, made[-1] + 1 if made else 0))
    return made

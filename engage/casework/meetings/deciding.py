"""What is checked before something is kept of a meeting?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from engage.casework.cases.rules import Head as CaseHead
from engage.casework.meetings import policies
from engage.casework.meetings.book import Book
from engage.casework.meetings.kinds.reading import kind_of
from engage.casework.meetings.kinds.rules import Kind
from engage.casework.meetings.rules import Invitee, MeetingRefused, log_name
from engage.casework.meetings.seeing import MeetingDesk, meeting_seen
from engage.governance import actions as governance
from engage.governance import queries as access
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_, Sentence


CONVENE = "convene"
# Only to safeguard a child is an organiser told which agencies hold records that they may not read.
PURPOSE = "safeguarding_child"


@dataclass(frozen=True)
class Opened:
    """A meeting that somebody does something with: as they see it, and its kind."""

    desk: MeetingDesk
    book: Book
    kind: Kind
    area: Area

    @property
    def viewing(self) -> Viewing:
        """Who does it."""
        return self.desk.viewing

    @property
    def number(self) -> int:
        """The meeting's number."""
        return self.book.head.number

    @cached_property
    def invitees(self) -> tuple[Invitee, ...]:
        """Everybody of whom something was said, as far as the viewer may read it."""
        return tuple(self.desk.invitees(self.book, self.area, self.kind))


def opened(viewing: Viewing, build: Build, area: Area, number: int) -> Opened:
    """A meeting of which the viewer may know. Raises MeetingNotShown, KindUnknown."""
    desk, book = meeting_seen(viewing, build, number)
    return Opened(desk, book, kind_of(area, book.head.kind), area)


def to_arrange(viewing: Viewing, build: Build, area: Area, number: int) -> Opened:
    """The same for whoever arranges it. Raises MeetingNotShown, MeetingRefused, which the log tells of."""
    found = opened(viewing, build, area, number)
    if not arranges(found):
        raise refused(viewing, number, Sentence(policies.MAY_NOT))
    return found


def arranges(found: Opened) -> bool:
    """The viewer arranges it."""
    viewer = found.viewing.viewer
    may = access.can(viewer=viewer, what=CONVENE)
    return policies.may_arrange(viewer, found.book.head, may_convene=may)


def to_propose(viewing: Viewing, build: Build, area: Area, number: int) -> Opened:
    """The same for whoever may be told who holds records, for the purpose that it is told for. Raises MayNotDo, MeetingNotShown, MeetingRefused."""
    governance.check_may(viewing=viewing, what=CONVENE, subject=log_name(number))
    if viewing.purpose != PURPOSE:
        raise refused(viewing, number, Sentence(N_("Who holds records is told only to safeguard a child.")))
    return to_arrange(viewing, build, area, number)


def refused(viewing: Viewing, number: int, why: Sentence) -> MeetingRefused:
    """The error of whoever may not; the log tells of it."""
    governance.record_view(
        viewing=viewing, action="meeting.refused", subject=log_name(number), fields=[], decision="nothing", why=str(why)
    )  # fmt: skip
    return MeetingRefused(why)


def check_nameless(found: Opened, texts: Iterable[str]) -> None:
    """Nobody is named in these texts who is not to be named in this meeting. Raises MeetingRefused."""
    found.desk.check_nameless(found.kind, texts, found.desk.heads(found.book))


def check_move(found: Opened, code: str) -> None:
    """Raise MeetingRefused unless the meeting can be moved so."""
    why = policies.refused_move(found.book.head, code)
    if why:
        raise refused(found.viewing, found.number, why)


def the_invitee(found: Opened, number: int) -> Invitee:
    """One of those who have to do with it. Raises MeetingRefused."""
    one = next((one for one in found.invitees if one.number == number), None)
    if one is None:
        raise MeetingRefused(N_("Nobody like this has to do with the meeting."))
    return one


def check_takes(kind: Kind, heads: list[CaseHead]) -> None:
    """Raise MeetingRefused unless meetings of this kind take all of these cases."""
    wrong = [head for head in heads if head.kind not in kind.subjects]
    if wrong:
        raise MeetingRefused(
            Sentence(
                N_("“%(kind)s” does not take a case of this kind: %(what)s."),
                {"kind": kind.title, "what": wrong[0].lifecycle.title},
            ),
            remedy=N_("Choose another kind of meeting, or leave the case out."),
        )


NOT_INVITED = Sentence(N_("This agency is not invited to the meeting, so no pack is made for it."))

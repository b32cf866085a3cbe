"""The lists of the day that hold one's own meetings to come, and invitations that nobody has answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q

from engage.casework.meetings import models
from engage.casework.meetings.book import Book
from engage.casework.meetings.rules import COMING, INVITED, PLANNED, REPLIES
from engage.casework.meetings.seeing import MeetingDesk
from engage.casework.week.of_meetings import row_of
from engage.casework.week.rows import Asking, Filled
from engage.vocabulary.time import london_day, london_midnight


AHEAD = timedelta(days=14)


def my_meetings(asking: Asking) -> Filled:
    """Meetings of today and the next fourteen days that the viewer chairs or called, to which they are invited by name, or to which they said that they come; the next first."""
    first = london_midnight(asking.today)
    named = models.Invitee.objects.filter(user=asking.user).values("meeting")
    comes = models.InviteeWord.objects.filter(said_by=asking.user, says=COMING).values("meeting")
    mine = Q(chair=asking.user) | Q(organiser=asking.user) | Q(pk__in=named) | Q(pk__in=comes)
    rows = models.Meeting.objects.filter(
        mine, state=PLANNED, starts_at__gte=first, starts_at__lt=first + AHEAD
    )
    return _filled(asking, [book for book in _shown(asking, rows) if _is_mine(asking, book)])


def invitations(asking: Asking) -> Filled:
    """Meetings to come to which the viewer's agency is invited, or they by name, and to which nobody has said whether they come; the next first."""
    now = asking.desk.see.viewing.at
    invited = models.Invitee.objects.filter(agency=asking.agency, user__in=("", asking.user)).values(
        "meeting"
    )
    rows = models.Meeting.objects.filter(pk__in=invited, state=PLANNED, starts_at__gt=now)
    return _filled(asking, [book for book in _shown(asking, rows) if any(_waiting(asking, book))])


def _shown(asking: Asking, rows: Iterable[models.Meeting]) -> list[Book]:
    found = list(rows)
    return MeetingDesk(asking.desk).shown(found) if found else []


def _is_mine(asking: Asking, book: Book) -> bool:
    """They chair or called it, are invited by name, or the last word of an invitation is that they said somebody comes."""
    if asking.user in (book.head.chair, book.head.organiser):
        return True
    for one in book.invitees:
        is_invited = any(scope.state == INVITED for scope in book.scopes(one.seq))
        said = [word for word in book.words_of[one.seq] if word.says in REPLIES]
        comes = bool(said) and said[-1].says == COMING and said[-1].said_by == asking.user
        if is_invited and (one.user == asking.user or comes):
            return True
    return False


def _waiting(asking: Asking, book: Book) -> Iterable[bool]:
    """Of each invitation of the viewer's agency, or of theirs: nobody has answered it since they were invited last."""
    for one in book.invitees:
        if one.agency != asking.agency or one.user not in ("", asking.user):
            continue
        is_invited = any(scope.state == INVITED for scope in book.scopes(one.seq))
        said = [word.says for word in book.words_of[one.seq] if word.says in (INVITED, *REPLIES)]
        yield is_invited and bool(said) and said[-1] == INVITED


def _filled(asking: Asking, books: Iterable[Book]) -> Filled:
    found = sorted(books, key=lambda book: (book.head.starts_at, book.head.number))
    rows = (
        row_of(asking, book, book.head.starts_at, is_over=_is_over(asking, book))
        for book in found[: asking.most]
    )
    return Filled(tuple(rows), len(found))


def _is_over(asking: Asking, book: Book) -> bool:
    """It was earlier today."""
    is_today = london_day(book.head.starts_at) == asking.today
    return is_today and book.head.ends_at < asking.desk.see.viewing.at

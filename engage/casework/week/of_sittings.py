"""The lists of the day that hold one's own meetings to come, and invitations that nobody has answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from engage.casework.meetings import models
from engage.casework.meetings.book import Book
from engage.casework.meetings.rules import COMING, INVITED, PLANNED, REPLIES
from engage.casework.week.of_meetings import sifted
from engage.casework.week.rows import Asking, Steps
from engage.vocabulary.time import london_day, london_midnight


AHEAD = timedelta(days=14)


def my_meetings(asking: Asking) -> Steps:
    """Meetings of today and the next fourteen days that the viewer chairs or called, to which they are invited by name, or to which they said that they come; the next first."""
    first = london_midnight(asking.today)
    named = models.Invitee.objects.filter(user=asking.user).values("meeting")
    comes = models.InviteeWord.objects.filter(said_by=asking.user, says=COMING).values("meeting")
    mine = Q(chair=asking.user) | Q(organiser=asking.user) | Q(pk__in=named) | Q(pk__in=comes)
    rows = models.Meeting.objects.filter(
        mine, state=PLANNED, starts_at__gte=first, starts_at__lt=first + AHEAD
    )
    return _listed(asking, rows, _is_mine)


def invitations(asking: Asking) -> Steps:
    """Meetings to come to which the viewer's agency is invited, or they by name, and to which nobody has said whether they come; the next first."""
    now = asking.desk.see.viewing.at
    mine = models.Invitee.objects.filter(agency=asking.agency, user__in=("", asking.user))
    replied = models.InviteeWord.objects.filter(invitee=OuterRef("invitee"), says__in=REPLIES, seq__gt=OuterRef("seq"))  # fmt: skip
    asked = models.InviteeWord.objects.filter(Exists(mine.filter(seq=OuterRef("invitee"))), ~Exists(replied), says=INVITED, meeting=OuterRef("pk"))  # fmt: skip
    rows = models.Meeting.objects.filter(Exists(asked), state=PLANNED, starts_at__gt=now)
    return _listed(asking, rows, lambda asking, book: any(_waiting(asking, book)))


def _is_mine(asking: Asking, book: Book) -> bool:
    """They chair or called it, are invited by name, or the last word of an invitation is that they said somebody comes."""
    if asking.user in (book.head.chair, book.head.organiser):
        return True
    for one in book.invitees:
        is_invited = book.is_invited(one.seq)
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
        is_invited = book.is_invited(one.seq)
        said = [word.says for word in book.words_of[one.seq] if word.says in (INVITED, *REPLIES)]
        yield is_invited and bool(said) and said[-1] == INVITED


def _listed(asking: Asking, rows: QuerySet[models.Meeting], fits: Callable[[Asking, Book], bool]) -> Steps:
    numbers = list(rows.order_by("starts_at", "seq").values_list("seq", flat=True))
    first = yield from sifted(asking, numbers, lambda some: (book for book in some if fits(asking, book)))
    return first.filled(asking, lambda book: (book.head.starts_at, _is_over(asking, book)))


def _is_over(asking: Asking, book: Book) -> bool:
    """It was earlier today."""
    is_today = london_day(book.head.starts_at) == asking.today
    return is_today and book.head.ends_at < asking.desk.see.viewing.at

"""How does what is sealed go with a case?

Whoever is left out of a case with a seal would be tipped off by the next meeting as by this one: they are left out of the case there too, with a seal, until a chair of a later meeting invites them, and are
given no action of the case. What follows for actions is laid down, since actions know nothing of meetings (tasks/kept_out.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from engage.casework.meetings import models, writing
from engage.casework.meetings.bodies import body_of, holder_of, is_invited, is_same, stands_in
from engage.casework.meetings.book import Book, InviteeRow, books, speaks_for_agency
from engage.casework.meetings.holders import HAND, Holder
from engage.casework.meetings.rules import INVITED, LEFT_OUT, PLANNED, Invitee, Scope, Word
from engage.casework.tasks.models import KeptOut
from engage.vocabulary.access import Viewing


# By agency and, of a worker or a body that is meant by name, that name. A body is the same whichever agency it is reached through.
Who = tuple[str, str, str]
_WHY = "Left out of this case with a seal at meeting %s: its chair and the guardian know why."


class Said(NamedTuple):
    """What one meeting says of somebody's part in a case: by which row, whether it leaves them out, with a seal, and the number of the last word on it."""

    by: InviteeRow
    is_out: bool
    is_sealed: bool
    last: int


def lay_down(meeting: int) -> None:
    """Lay down anew who is left out of the whole of a meeting, and of each case that is or was on its agenda by any meeting. Within the transaction of what was said."""
    (now,) = books([models.Meeting.objects.get(pk=meeting)])
    _lay_down([*_that_leave_out(now.cases), *([] if now.cases else [now])], now.cases, {meeting})


def lay_down_all(rows: Sequence[models.Meeting]) -> None:
    """The same of all these meetings: what was said before anything was laid down."""
    some = [book for book in books(rows) if book.has_out]
    _lay_down(some, frozenset().union(*(book.cases for book in some)), {book.head.number for book in some})


def _lay_down(some: Iterable[Book], cases: Collection[int], meetings: Collection[int]) -> None:
    KeptOut.objects.filter(case__in=cases).delete()
    KeptOut.objects.filter(case=None, meeting__in=meetings).delete()
    of: dict[int | None, list[tuple[Book, dict[Who, Said]]]] = defaultdict(list)
    for book in some:
        for case in (None, *sorted(book.cases & frozenset(cases))):
            if case is not None or book.head.number in meetings:
                of[case].append((book, _said(book, case)))
    KeptOut.objects.bulk_create(row for case, told in of.items() for row in _rows(case, told))


def _rows(case: int | None, told: Sequence[tuple[Book, dict[Who, Said]]]) -> Iterable[KeptOut]:
    lifted: dict[Who, int] = defaultdict(int)
    for _book, said in told:
        for who, one in said.items():
            if not one.is_out:
                lifted[who] = max(lifted[who], one.last)
    for book, said in told:
        for who, one in said.items():
            if one.is_out:
                yield KeptOut(
                    meeting=book.head.number, case=case, agency=one.by.agency, holder=_body(one.by), user=one.by.user if who[2] else "", user_name=who[2], seat=one.by.member, stays=",".join(sorted(_named(book))),
                    is_of_case=case is not None and one.is_sealed and one.last > lifted[who],
                )  # fmt: skip


def _said(book: Book, case: int | None) -> dict[Who, Said]:
    """Of everybody who was ever left out of a case of a meeting, or of its whole (None), what stands. What is said of a body that an agency is reached for is said of that body alone."""
    found: dict[Who, Said] = {}
    for one in book.invitees:
        words = [word for word in book.words_of[one.seq] if word.case in (case, None)]
        if not any(word.says == LEFT_OUT for word in words):
            continue
        now = stands_in(book, one.seq, case)
        is_out = now.holds == LEFT_OUT and (now.is_sealed or not _is_there_too(book, one, case))
        said = Said(
            one, is_out and one.user not in _named(book), now.is_sealed, max(word.seq for word in words)
        )
        before = found.get(who := _who(one))
        # Of two seats of one agency, or of one body, that is counted which leaves it out.
        if before is None or (said.is_out, said.is_sealed) > (before.is_out, before.is_sealed):
            found[who] = said
    return found


def _is_there_too(book: Book, one: InviteeRow, case: int | None) -> bool:
    """The agency, or the body, that is left out of a case openly takes part in it on another seat."""
    if one.user_name:
        return False
    body = _body(one)
    return is_invited(book, one.agency, body, case) if body else not book.is_out(one.agency, case)


def _body(one: InviteeRow) -> str:
    return body_of(one.member, one.holder, one.user_name)


def _who(one: InviteeRow) -> Who:
    if one.holder and not one.user_name:
        return "", " ".join(one.holder.casefold().split()), ""
    return one.agency, _body(one), one.user_name


def _named(book: Book) -> set[str]:
    """Whoever chairs a meeting and whoever called it are there as persons."""
    return {book.head.chair, book.head.organiser} - {""}


def _that_leave_out(cases: Collection[int]) -> list[Book]:
    """The meetings with any of these cases on the agenda, now or once, in which somebody was left out of anything."""
    on = models.MeetingItem.objects.filter(case__in=cases).values("meeting")
    numbers = models.InviteeWord.objects.filter(says=LEFT_OUT, meeting__in=on).values("meeting")
    return books(list(models.Meeting.objects.filter(pk__in=numbers).order_by("seq")))


def carry(viewing: Viewing, meeting: int, cases: Collection[int]) -> None:
    """These cases came onto the agenda of a meeting: whoever is left out of one with a seal is so here too. Within the transaction that puts them on."""
    rows = list(
        KeptOut.objects.filter(case__in=cases, is_of_case=True).exclude(meeting=meeting).order_by("id")
    )
    if rows:
        (book,) = books([models.Meeting.objects.get(pk=meeting)])
        _carry(viewing, book, rows)
    # Whoever is left out of the whole is so of what was put on.
    if rows or models.InviteeWord.objects.filter(meeting=meeting, says=LEFT_OUT).exists():
        lay_down(meeting)


def carry_on(viewing: Viewing, meeting: int) -> None:
    """Somebody was left out with a seal: so they are in every other meeting to come on the same cases to which they are not invited. Within the transaction that leaves them out."""
    rows = list(KeptOut.objects.filter(meeting=meeting, is_of_case=True).order_by("id"))
    on = models.MeetingItem.objects.filter(case__in={row.case for row in rows}).values("meeting")
    others = models.Meeting.objects.filter(pk__in=on, state=PLANNED, starts_at__gt=viewing.at).exclude(
        pk=meeting
    )
    for book in books(list(others.order_by("seq"))) if rows else ():
        if _carry(viewing, book, rows):
            lay_down(book.head.number)


def _carry(viewing: Viewing, book: Book, rows: Iterable[KeptOut]) -> bool:
    on = {item.case for item in book.items}
    wanted = {
        (row.case, row.agency, row.holder, row.user_name): row
        for row in rows
        if row.case in on and not _knows(book, row)
    }
    for row in wanted.values():
        holder = holder_of(row)
        one = Invitee(0, row.agency, row.seat, holder, "", user=row.user, user_name=row.user_name)
        number = writing.row_of(viewing, book.head.number, one)
        by_hand = Scope(row.case, Holder(row.agency, row.seat, HAND, holder), "")
        writing.scope_of(viewing, book.head.number, number, by_hand)
        writing.say(
            viewing, book.head.number, number, Word(LEFT_OUT, row.case, _WHY % row.meeting, is_sealed=True)
        )
    cases = sorted({row.case for row in wanted.values() if row.case is not None})
    if cases:
        writing.record(viewing, "meeting.left_out", book.head.number, ["reason"], "left out", cases)
    return bool(cases)


def _knows(book: Book, row: KeptOut) -> bool:
    """They called or chair the meeting, are invited to it for this case, or are left out of it already: nothing is added, which they or others would only see. A body calls none: also where the agency that it
    is reached through did, whoever arranges the meeting has to know that it is not to come."""
    if row.holder:
        some = [one for one in book.invitees if _body(one) and is_same((one.agency, one.member, one.holder), row.agency, row.holder)]  # fmt: skip
        is_theirs = False
    elif row.user_name:
        some = [one for one in book.invitees if (one.agency, one.user_name) == (row.agency, row.user_name)]
        is_theirs = row.user in _named(book)
    else:
        some = [one for one in book.invitees if one.agency == row.agency and speaks_for_agency(one.member, one.holder, one.user_name)]  # fmt: skip
        is_theirs = row.agency in (book.head.agency, book.head.chair_agency)
    return is_theirs or any(stands_in(book, one.seq, row.case).holds in (INVITED, LEFT_OUT) for one in some)

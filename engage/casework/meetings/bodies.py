"""Which body is meant by a seat that no agency has for itself (a school, a clinic, a specialist service), and is it left out with a seal on another one?

A body has no account: it is known by its name alone, whichever agency it is reached through and however its name is typed.
"""

from __future__ import annotations

from engage.casework.meetings.book import NOTHING, Book, Stands, speaks_for_agency
from engage.casework.meetings.rules import INVITED, LEFT_OUT
from engage.casework.tasks.models import KeptOut
from engage.casework.tasks.rules import is_body


def body_of(member: str, holder: str, user_name: str) -> str:
    """The body that is meant by that seat, by name; one that is not named by its seat; "" where an agency or one of its workers is."""
    return "" if user_name or speaks_for_agency(member, holder, "") else holder or member


def holder_of(row: KeptOut) -> str:
    """How the body is called that is kept out of a case; "" where its seat alone says which it is, or no body is."""
    return "" if row.holder == row.seat else row.holder


def is_same(one: tuple[str, str, str], agency: str, body: str) -> bool:
    """What sits there by that agency, on that seat and as that holder is that body. One without a name is told by its seat and agency."""
    of, member, holder = one
    return is_body(body, holder) if holder else (of, member) == (agency, body)


def is_sealed_out(book: Book, one: tuple[str, str, str], case: int | None, *, but: int = 0) -> bool:
    """The body that sits there is left out of a case (None: of the whole) with a seal; `but`: on another seat than that invitee's."""
    return any(
        (body := body_of(row.member, row.holder, row.user_name)) and row.seq != but and is_same(one, row.agency, body)
        for row in (book.invitees if book.has_out else ())
        if _is_sealed(book, row.seq, case)
    )  # fmt: skip


def stands_in(book: Book, invitee: int, case: int | None) -> Stands:
    """What stands of somebody's part in a case (None: in the whole): a word on the case beats one on the whole, and of what was never said nothing does."""
    stands = book.stands(invitee)
    return stands.get(case) or stands.get(None, NOTHING)


def _is_sealed(book: Book, invitee: int, case: int | None) -> bool:
    now = stands_in(book, invitee, case)
    return now.holds == LEFT_OUT and now.is_sealed


def is_invited(book: Book, agency: str, body: str, case: int | None) -> bool:
    """That body is invited for a case, or for the whole (None), on any seat."""
    some = (one for one in book.invitees if is_same((one.agency, one.member, one.holder), agency, body))
    return any(stands_in(book, one.seq, case).holds == INVITED for one in some)

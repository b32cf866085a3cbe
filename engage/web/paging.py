"""Which page of a long list does the address ask for, and where are its neighbours?"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from engage.web.components import Pages


BEFORE, AFTER = "before", "after"
# The address of a page by its number.
Address = Callable[[int], str]


def page_number(request: HttpRequest, name: str = "page") -> int:
    """The page of a list that the address asks for under a name, from 1; what is no number is the first."""
    asked = request.GET.get(name, "")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1


def address_of(request: HttpRequest, name: str = "page") -> Address:
    """The addresses of the pages of a list: everything else that the address asks for stays."""

    def address(to: int) -> str:
        asked = request.GET.copy()
        asked[name] = str(to)
        return "?" + asked.urlencode()

    return address


def asked_from(request: HttpRequest, name: str) -> int | None:
    """The number that the address names, from which a stretch of a list that is not counted goes on; None where it names none."""
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) < 12 else None


def beside(request: HttpRequest, before: int | None, after: int | None) -> Pages:
    """The addresses of the stretches before and after the one that is shown, of a list that is not counted; None: there is none."""

    def address(name: str, number: int | None) -> str:
        if number is None:
            return ""
        asked = request.GET.copy()
        for old in (BEFORE, AFTER):
            asked.pop(old, None)
        asked[name] = str(number)
        return "?" + asked.urlencode()

    return Pages(0, 0, previous=address(BEFORE, before), next=address(AFTER, after))


def pages(number: int, count: int, address: Address) -> Pages:
    """A page of so many, with the addresses of the one before and the one after it."""
    before, after = (
        (address(number - 1) if number > 1 else ""),
        (address(number + 1) if number < count else ""),
    )
    return Pages(number, count, previous=before, next=after)

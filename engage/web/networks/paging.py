"""Which part of a list is shown, where its neighbours are, and the lists of the room beside each other."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from engage.networks.showing import Part
from engage.web import paging
from engage.web.components import Pages
from engage.web.networks import words
from engage.web.people.presenters import Reader


PER_PAGE = 25
_LISTS = {
    "people": "concern",
    "places": "concern_places",
    "vehicles": "concern_vehicles",
    "phones": "concern_phones",
}


def part(page: int) -> Part:
    """The rows of that page."""
    return Part((page - 1) * PER_PAGE, PER_PAGE)


def pages(request: HttpRequest, name: str, page: int, count: int) -> Pages:
    """The neighbours of a page of `count` rows; everything else that the address asks for stays."""
    return paging.pages(page, max(1, -(-count // PER_PAGE)), paging.address_of(request, name))


def tabs(here: str, reader: Reader) -> list[tuple[str, str, bool]]:
    """The lists, each with its address and whether it is the one shown."""
    lists = [(words.family(code), reader.link(name), code == here) for code, name in _LISTS.items()]
    return [
        *lists,
        (_("Groups"), reader.link("concern_groups"), here == "groups"),
        (_("Hotspots"), reader.link("concern_hotspots"), here == "hotspots"),
    ]

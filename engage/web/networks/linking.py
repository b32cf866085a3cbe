"""Who and what of concern somebody is linked to, as a table that leads to each one's page and opens to nothing that the page does not show."""

from __future__ import annotations

from django.utils.translation import gettext as _

from engage.networks.concern import PERSON
from engage.networks.linked import Linked
from engage.networks.rules import Link, OfConcern
from engage.web.components import Cell, Table
from engage.web.networks import presenters, words
from engage.web.people import words as people_words
from engage.web.people.presenters import Reader


def table(found: Linked, reader: Reader) -> Table:
    """A row for each, in the order of the lists: people, places, vehicles, phones, accounts."""
    head = (_("Who or what"), _("What it is"), _("Records that link it to this person"), _("Newest"), _("Agencies"), _("Distinct children in all"), _("Chart"))  # fmt: skip
    rows = [_row(one, links, found, reader) for one, links in found.found]
    return Table(
        _("Of concern, and linked to this person"), head, rows, numbers=frozenset({2, 5}),
        empty=_("Nobody and nothing that you may see. That is not the same as none."),
    )  # fmt: skip


def _row(one: OfConcern, links: tuple[Link, ...], found: Linked, reader: Reader) -> tuple[Cell | str, ...]:
    key = (one.kind, one.key)
    name = presenters.name(found.people, one.key) if one.kind == PERSON else words.label(found.labels.get(key, one.label or one.key))  # fmt: skip
    newest = max((link.on for link in links if link.on), default=None)
    return (
        Cell(name, href=presenters.page_of(*key, reader)),
        ", ".join(
            filter(
                None, (words.thing(one.kind), presenters.kind_of_place(one) if one.kind == "place" else "")
            )
        ),
        str(len({record for link in links for record in (link.theirs.record_id, link.childs.record_id)})),
        people_words.day(newest) if newest else Cell(_("day not known"), is_known=False),
        ", ".join(sorted({reader.agency(code) for link in links for code in _codes(link)})),
        str(len(one.children)),
        Cell(_("Open in chart"), href=reader.chart(*key)),
    )


def _codes(link: Link) -> tuple[str, str]:
    return link.theirs.agency, link.childs.agency


def agencies(found: Linked, reader: Reader) -> list[str]:
    """Whose records it rests on."""
    return sorted(
        {reader.agency(code) for _one, links in found.found for link in links for code in _codes(link)}
    )

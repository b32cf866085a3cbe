"""Dates of a day in words, and the lists of a day that are drawn in a way of their own: what was begun, how others worked, which supervision is due."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from engage.casework.week.rows import Row
from engage.casework.week.today import ListShown
from engage.web.access.done import ACTIONS
from engage.web.components import Cell, Table
from engage.web.drafts.keeping import go_on
from engage.web.people.presenters import Reader
from engage.web.today.drafted import draft_title


def when(on: date | datetime | None) -> str:
    """A day, or a moment by the clock on the wall."""
    return _("not known") if on is None else _written(get_language(), on)


@lru_cache(maxsize=5_000)
def _written(_language: str | None, on: date | datetime) -> str:
    return date_format(localtime(on), "j F Y, H:i") if isinstance(on, datetime) else date_format(on, "j F Y")


def _overseen_table(one: ListShown, rows: tuple[Row, ...], reader: Reader) -> Table:
    lines = [(_(ACTIONS[row.kind]), reader.agency(row.place), f"{row.count:,}", when(row.on)) for row in rows]
    head = (_("What"), _("Agency"), _("How often"), _("Last on"))
    return Table(_(one.kind.title), head, lines, is_caption_hidden=True)


def _supervision_table(one: ListShown, rows: tuple[Row, ...], reader: Reader) -> Table:
    address = reader.link("caseload", query="order=supervision")
    lines = [(Cell(_("Caseload and supervision"), href=address), f"{row.count:,}") for row in rows]
    return Table(_(one.kind.title), (_("Where"), _("Cases")), lines, is_caption_hidden=True, numbers=frozenset({1}))  # fmt: skip


def _drafts_table(one: ListShown, rows: tuple[Row, ...], _reader: Reader) -> Table:
    lines = [(Cell(draft_title(row.place), href=go_on(row.place)), when(row.on)) for row in rows]
    return Table(_(one.kind.title), (_("What"), _("Kept last")), lines, is_caption_hidden=True)


# By the code of the list.
TABLES = {"drafts": _drafts_table, "overseen": _overseen_table, "supervision": _supervision_table}

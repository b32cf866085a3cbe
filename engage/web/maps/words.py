"""How kinds, months, counts and what has no place are said, in the reader's language."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.networks.maps.rules import CONCERNS, FOUND, KINDS, MISSING, NOT_KNOWN, OUTSIDE, PLACES, Asked
from engage.networks.maps.showing import UNDATED
from engage.vocabulary.words import N_


_MEANS = {
    MISSING: N_("Each time that a child was reported missing counts once, by the day of the first report, at the place that the report names: most often where the child was last seen, or lives."),
    FOUND: N_("Each time that a missing child was back counts once, by the day, at the place where a record says that the child was found."),
    CONCERNS: N_("Each intelligence report, concern and stop counts once in which somebody had a part who was or may have been under 18 then, or nobody who is named."),
    PLACES: N_("Each record counts once that ties a child with signs of harm or exposure to a place of concern."),
}  # fmt: skip
_APART = {
    OUTSIDE: N_("Outside every area"),
    NOT_KNOWN: N_("Not known where"),
    UNDATED: N_("Not known in which month"),
}


def kind(code: str) -> str:
    """What a kind is called."""
    return _(KINDS[code])


def kind_choices() -> list[tuple[str, str]]:
    """The kinds that the map counts."""
    return [(code, _(text)) for code, text in KINDS.items()]


def means(code: str) -> str:
    """What is counted of a kind, and where."""
    return _(_MEANS[code])


def apart(code: str) -> str:
    """What stands in the place of an area or a month."""
    return _(_APART[code])


def month(first: date) -> str:
    """March 2026."""
    return date_format(first, "F Y")


def short_month(first: date) -> str:
    """Mar 2026, at the head of a column."""
    return date_format(first, "M Y")


def weekday(number: int | None) -> str:
    """Mon, of 0, at the head of a column."""
    # Any Monday will do.
    return _("Day not known") if number is None else date_format(date(2024, 1, 1 + number), "D")


def hours(first: int | None, by: int) -> str:
    """So many hours from this one on, by London's clock; a single one by its beginning."""
    if first is None:
        return _("Time not known")
    if by == 1:
        return f"{first:02}:00"
    return _("%(first)s to %(last)s") % {"first": f"{first:02}:00", "last": f"{first + by:02}:00"}


def months(asked: Asked) -> str:
    """The months that are asked for."""
    if asked.first == asked.last:
        return month(asked.first)
    return _("%(first)s to %(last)s") % {"first": month(asked.first), "last": month(asked.last)}


def fewer(below: int) -> str:
    """What stands in the place of a count that is kept back."""
    return _("fewer than %(number)s") % {"number": below}


def count(number: int, below: int) -> str:
    """A count; in the version without names small ones and none are one."""
    return fewer(below) if number < below else str(number)


def size(first: int, until: int | None) -> str:
    """A class of counts, from its first number until the next class begins."""
    if until is None:
        return _("%(first)s or more") % {"first": first}
    return (
        str(first) if until - first == 1 else _("%(first)s to %(last)s") % {"first": first, "last": until - 1}
    )


def records(number: int) -> str:
    """How many, where a link leads to them."""
    return ngettext("%(number)s record", "%(number)s records", number) % {"number": number}

"""One row of the worklist as the page shows it: facts, and why the child is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.picture.indicators.measuring import Use, measured
from engage.picture.indicators.rules import day_of
from engage.picture.worklist.rules import Listed, Worklist
from engage.web.components import Cell, Table
from engage.web.indicators import words
from engage.web.people import words as people_words
from engage.web.people.presenters import Reader


@dataclass(frozen=True)
class Row:
    """What the page shows of one child: `why` are the indicators with their new records, each with where it is opened; `chart` and `linked` lead to what
    is around the child, and to who and what of concern is linked to the child."""

    name: str
    href: str
    chart: str
    linked: str
    age: str
    harm: str
    newest_harm: str
    agencies: str
    newest: str
    missing: int
    linked_people: int
    linked_places: int
    workers: str
    look: str
    why: tuple[tuple[str, str, str, str], ...]


def shown(row: Listed, reader: Reader) -> Row:
    """The row in words."""
    return Row(
        name=row.name or _("Name not shown"),
        href=reader.link("people_indicators", row.person_id),
        chart=reader.chart("person", row.person_id),
        linked=reader.link("concern_of", row.person_id),
        age=str(row.age) if row.age is not None else "",
        harm=_named(row.harm_agencies, reader),
        newest_harm=people_words.day(row.newest_harm_on) if row.newest_harm_on else "",
        agencies=_named(row.agencies, reader),
        newest=people_words.day(row.newest_on),
        missing=row.missing,
        linked_people=len(row.joined["linked_people"]),
        linked_places=len(row.joined["linked_places"]),
        workers=", ".join(row.workers),
        look=words.look(row.look, reader),
        why=tuple(
            (
                words.title(one),
                words.kind(one.kind),
                ", ".join(
                    _("%(day)s, %(agency)s%(told)s") % {
                        "day": people_words.day(day_of(e)), "agency": reader.agency(e.agency), "told": _(" (read in a text)") if e.is_told else "",
                    }
                    for e in new
                ),
                reader.link("people_indicator", row.person_id, one.code),
            )
            for one, new in row.present
        ),
    )  # fmt: skip


def _named(agencies: tuple[str, ...], reader: Reader) -> str:
    if not agencies:
        return ""
    return f"{len(agencies)}: " + ", ".join(_kinds(agencies, reader))


def _kinds(agencies: Iterable[str], reader: Reader) -> list[str]:
    """What kinds of agency these are, in short."""
    return sorted({people_words.agency_kind(reader.kinds.get(code, code)) for code in agencies})


def week(found: Worklist) -> str:
    """How many children came onto the list within a week, beside the area's limit; what exceeds it is counted, and listed with the others."""
    count = found.new_this_week
    came = ngettext("%(count)s child came onto the list within the last seven days.", "%(count)s children came onto the list within the last seven days.", count) % {"count": count}  # fmt: skip
    if found.weekly_limit is None:
        return came
    over = max(0, count - found.weekly_limit)
    limit = _("The area's limit is %(limit)s a week: %(over)s more came, and stand on the list as all others do.") % {
        "limit": found.weekly_limit, "over": over,
    }  # fmt: skip
    return f"{came} {limit}"


def uses_table(found: Iterable[Use], reader: Reader) -> Table:
    """Of each indicator how many children carry it here, from whose records, what staff said of it, and what it finds where the truth is known."""
    head = (
        _("Indicator"), _("Children who carry it"), _("In records of"), _("What staff said"),
        _("Exploited of those who carry it, where the truth is known"), _("Exploited children missed there"),
    )  # fmt: skip
    return Table(
        _("How indicators are used, and how often they are right"),
        head,
        [_use(one, reader) for one in found],
        numbers=frozenset({1, 5}),
    )


def _said(one: Use) -> Cell | str:
    counts = {word: one.said.get(word, 0) for word in ("confirmed", "explained", "disputed")}
    if not any(counts.values()):
        return Cell(_("nothing yet"), is_known=False)
    return _("%(confirmed)s confirmed, %(explained)s explained, %(disputed)s disputed") % counts


def _use(one: Use, reader: Reader) -> tuple[Cell | str, ...]:
    title = f"{one.indicator.code} {words.title(one.indicator)}"
    of = measured(one.indicator.code)
    right = _("%(exploited)s of %(carried)s") % {
        "exploited": f"{of.exploited:,}",
        "carried": f"{of.carried:,}",
    }
    return (
        title if one.indicator.is_on else _("%(title)s (off)") % {"title": title},
        f"{one.carried:,}",
        ", ".join(_kinds(one.agencies, reader)) or Cell(_("nobody's"), is_known=False),
        _said(one),
        right if of.carried else Cell(_("nobody carries it there"), is_known=False),
        f"{of.missed:,}" if of.carried else "",
    )

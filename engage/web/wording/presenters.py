"""Wordings in plain words: what is better and why, and how many texts of whom hold them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from engage.picture.wording.noticing import Noticed
from engage.picture.wording.summing import Worded
from engage.picture.wording.vocabulary import Wordings
from engage.web.components import Cell, SummaryRow, Table


def noticed_rows(found: Sequence[tuple[str, Noticed]]) -> list[SummaryRow]:
    """What somebody wrote and in which field, what may say it better, and why."""
    return [
        SummaryRow(
            _("“%(words)s” in “%(field)s”") % {"words": one.words, "field": field},
            (Cell(_(one.wording.better)), Cell(_why(one.wording.why, one.wording.source))),
        )
        for field, one in found
    ]


def _why(why: str, source: str) -> str:
    return _("%(why)s (%(source)s)") % {"why": _(why), "source": source}


def worded_table(found: Worded, titles: Mapping[str, str]) -> Table:
    """How many texts hold wordings of each theme, an agency a column; `titles` are the agencies' names by code."""
    agencies = list(found.texts)
    head = (_("What the wording does"), *(titles.get(agency, agency) for agency in agencies))
    rows = [
        (theme_title(found, theme), *(f"{counts[agency]:,}" for agency in agencies))
        for theme, counts in found.found.items()
    ]
    rows.append((_("All texts"), *(f"{found.texts[agency]:,}" for agency in agencies)))
    return Table(
        _("How many texts hold such wording"), head, rows if agencies else [], numbers=frozenset(range(1, len(head))),
        empty=_("There are no texts of that time that you may read, or too few to be counted."),
    )  # fmt: skip


def theme_title(found: Worded, theme: str) -> str:
    """What a theme is called; the code itself of one that the area no longer has."""
    return _(found.titles[theme]) if theme in found.titles else theme


def months(first: date, after: date) -> str:
    """The months that are counted."""
    values = {"first": date_format(first, "F Y"), "last": date_format(after - timedelta(days=1), "F Y")}
    return _("%(first)s to %(last)s") % values


def better_tables(known: Wordings) -> list[Table]:
    """Every wording that is noticed, with what may say it better: a table a theme, for supervision and training."""
    head = (_("Such as"), _("What may say it better"), _("Why"))
    return [
        Table(
            _(title),
            head,
            [
                (Cell("; ".join(one.examples)), _(one.better), _why(one.why, one.source))
                for one in known.wordings
                if one.theme == code
            ],
        )
        for code, title in sorted(known.themes.items())
    ]

"""The briefing as the home page shows it: what came, what of it could not be read, from whom nothing came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.records.queries import DeliverySummary
from engage.web.access.viewing import Visit
from engage.web.components import Cell, Figure, Table


@dataclass(frozen=True)
class Briefing:
    """What the home page needs: one sentence, a few figures, a table by agency."""

    since: str
    figures: Sequence[Figure]
    news: Table


def briefing(
    deliveries: Iterable[DeliverySummary],
    *,
    since: Visit | None,
    agencies: Mapping[str, str],
    reject_count: int | None,
) -> Briefing:
    """The briefing since a worker's last visit (None: never here before).

    `agencies` are titles by code; `reject_count` how many values or rows the served build could not use (None: no build).
    """
    received = list(deliveries)
    new = [d for d in received if since is None or _came_after(d, since)]
    return Briefing(
        since=_since(since), figures=_figures(new, reject_count), news=_news(received, new, agencies)
    )


def _came_after(d: DeliverySummary, visit: Visit) -> bool:
    """By the number that a delivery's id begins with: where the clock stands still nothing is ever later."""
    if visit.newest_delivery is None:
        return d.received_at > visit.at
    return int(d.delivery_id.partition("-")[0]) > visit.newest_delivery


def _since(since: Visit | None) -> str:
    if since is None:
        return _("This is your first visit. Everything received so far is counted as new.")
    return _("What is new since your last visit on %(when)s.") % {
        "when": date_format(localtime(since.at), "j F Y, H:i")
    }


def _figures(new: Sequence[DeliverySummary], reject_count: int | None) -> list[Figure]:
    rows, broken = sum(d.row_count for d in new), sum(d.broken_count for d in new)
    deliveries, quality = reverse("deliveries"), reverse("data_quality")
    figures = [
        Figure(f"{len(new):,}", ngettext("new delivery", "new deliveries", len(new)), deliveries),
        Figure(f"{rows:,}", ngettext("new row", "new rows", rows)),
        Figure(
            f"{broken:,}",
            ngettext("of them could not be read", "of them could not be read", broken),
            deliveries,
        ),
    ]
    if reject_count is not None:
        words = ngettext(
            "value or row not used in the picture", "values or rows not used in the picture", reject_count
        )
        figures.append(Figure(f"{reject_count:,}", words, quality))
    return figures


def _news(
    received: Sequence[DeliverySummary], new: Sequence[DeliverySummary], agencies: Mapping[str, str]
) -> Table:
    head = (_("Agency"), _("New deliveries"), _("New rows"), _("Last received"))
    rows = []
    for code, title in agencies.items():
        mine = [d for d in new if d.agency == code]
        last = max((d.received_at for d in received if d.agency == code), default=None)
        rows.append((title, f"{len(mine):,}", f"{sum(d.row_count for d in mine):,}", _last(last)))
    return Table(_("New by agency"), head, rows, numbers=frozenset({1, 2}))


def _last(at: datetime | None) -> Cell:
    if at is None:
        return Cell(_("nothing received yet"), is_known=False)
    return Cell(date_format(localtime(at), "j F Y"))

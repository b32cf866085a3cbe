"""Watches as pages show them: what is new, from whom, about whom, leading to the page of the person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.picture.watching.rules import Arrived, WatchListed, WatchShown
from engage.web.components import Cell, Table
from engage.web.people import words as people
from engage.web.watches import words


@dataclass(frozen=True)
class Card:
    """One watch: what is watched and where it leads ("" nowhere), why, until when, and what is new; `state` is what a button that takes it as
    seen sends."""

    number: int
    title: str
    href: str
    why: str
    until: str
    is_expired: bool
    news: Table | None
    state: str


@dataclass(frozen=True)
class Told:
    """What the home page says of watches: each that has something new, in a line with where it leads, and a sentence on the others."""

    lines: tuple[tuple[str, str, str], ...]
    others: str


def cards(shown: Iterable[WatchShown], agencies: Mapping[str, str]) -> list[Card]:
    """The watches in the order given; `agencies` are titles by code."""
    return [_card(watch, agencies) for watch in shown]


def _card(watch: WatchShown, agencies: Mapping[str, str]) -> Card:
    return Card(
        watch.number, words.title(watch.watched), reverse("people_person", args=[watch.person_id]) if watch.person_id else "",
        watch.why, _until(watch.expires_on), watch.is_expired, _news(watch, agencies) if watch.news else None, watch.state,
    )  # fmt: skip


def _until(expires_on: date) -> str:
    return date_format(expires_on - timedelta(days=1), "j F Y")


def _news(watch: WatchShown, agencies: Mapping[str, str]) -> Table:
    """One line for each person, agency and day, with what came."""
    lines: dict[tuple[str, str, str, str, str], Counter[str]] = {}
    for one in watch.news:
        line = (one.person_id, one.name, one.record_id, one.agency, one.day)
        lines.setdefault(line, Counter())[words.what(one)] += 1
    head = (_("About whom"), _("Who says so"), _("Received"), _("What came"))
    rows = [
        (
            _about(person, name, record),
            agencies.get(agency, agency),
            people.day(date.fromisoformat(day)),
            _counted(what),
        )
        for (person, name, record, agency, day), what in lines.items()
    ]
    return Table(_("New since you last looked: %(title)s") % {"title": words.title(watch.watched)}, head, rows, is_caption_hidden=True)  # fmt: skip


def _about(person: str, name: str, record: str) -> Cell:
    if not person:
        return Cell(_("No person in %(record)s") % {"record": record.split(":", 1)[-1]})
    return Cell(name or _("Name not shown"), href=reverse("people_person", args=[person]))


def _counted(what: Counter[str]) -> str:
    return ", ".join(f"{word} ({count})" if count > 1 else word for word, count in sorted(what.items()))


def told(shown: Sequence[WatchShown], agencies: Mapping[str, str]) -> Told | None:
    """What is new, in short; None for who watches nothing."""
    if not shown:
        return None
    new = [watch for watch in shown if watch.news]
    lines = tuple(
        (words.title(watch.watched), _in_short(watch.news, agencies), f"{reverse('watches')}#watch-{watch.number}")
        for watch in new
    )  # fmt: skip
    return Told(lines, _others(shown, len(new)))


def _in_short(news: Sequence[Arrived], agencies: Mapping[str, str]) -> str:
    values = {
        "count": f"{len(news):,}",
        "agencies": ", ".join(agencies.get(code, code) for code in sorted({one.agency for one in news})),
        "day": people.day(date.fromisoformat(news[0].day)),
    }
    return (
        ngettext("%(count)s thing from %(agencies)s, received %(day)s", "%(count)s things from %(agencies)s, the last received %(day)s", len(news))
        % values
    )  # fmt: skip


def _others(shown: Sequence[WatchShown], new: int) -> str:
    expired = sum(watch.is_expired for watch in shown)
    quiet = len(shown) - new - expired
    parts = []
    if quiet:
        parts.append(
            ngettext("Of %(count)s that you watch nothing new is shown to you.", "Of %(count)s that you watch nothing new is shown to you.", quiet)
            % {"count": quiet}
        )  # fmt: skip
    if expired:
        parts.append(
            ngettext("%(count)s watch has expired and tells nothing.", "%(count)s watches have expired and tell nothing.", expired)
            % {"count": expired}
        )  # fmt: skip
    return " ".join(parts)


def everybodys_table(listed: Iterable[WatchListed], agencies: Mapping[str, str], on: date) -> Table:
    """Who watches what kind of thing, why, and until when."""
    head = (_("Who"), _("Agency"), _("What kind"), _("Person"), _("Why"), _("Since"), _("Until"), _("State"))
    rows = [
        (
            one.owner,
            agencies.get(one.agency, one.agency),
            words.kind(one.kind),
            Cell(one.person_id, is_verbatim=True),
            one.why,
            date_format(localtime(one.made_at), "j F Y"),
            _until(one.expires_on),
            _state(one, on),
        )
        for one in listed
    ]
    return Table(_("Everybody's watches"), head, rows, empty=_("Nobody watches anything."))


def _state(one: WatchListed, on: date) -> Cell:
    if one.ended_at is not None:
        return Cell(_("Ended"), colour="grey")
    return Cell(_("Expired"), colour="grey") if one.expires_on <= on else Cell(_("Watching"), colour="green")

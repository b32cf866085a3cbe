"""The chronology as a page, a sheet of paper or a spreadsheet shows it: one line an event, from all agencies."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from engage.picture.exporting import safe
from engage.picture.rules import Entry, Filters, PersonPage
from engage.vocabulary.time import LONDON, london_day
from engage.web import paging
from engage.web.components import Pages
from engage.web.people import named, texts, words
from engage.web.people.presenters import Reader


@dataclass(frozen=True)
class Line:
    """One event as a timeline shows it. `facts` are the lesser things with what they are; `judge` is where a worker says whether its text
    was read rightly ("" where that is not said here), `anchor` names the line in its page's address; `own_words`: how the record calls a part that lists call otherwise, to be
    quoted where the record is opened."""

    title: str
    happened: str
    kind: str
    agency: str
    narrative: tuple[named.Part, ...]
    read: tuple[texts.Read, ...]
    named: tuple[named.Naming, ...]
    facts: tuple[tuple[str, str], ...]
    source: str
    tags: tuple[tuple[str, str], ...]
    withheld: str
    withdraw: str = ""
    judge: str = ""
    anchor: str = ""
    own_words: str = ""


def lines(
    entries: Iterable[Entry], reader: Reader, *, person_id: str = "", back: str = "", is_opened: bool = False
) -> list[Line]:
    """The entries in words, in the order given; with `person_id`, those that the worker may withdraw lead to where that is done, and
    of a text the worker says there whether it was read rightly, to come back to this page with its query `back`. `is_opened`: the records
    themselves are opened here, and their own words for somebody's part quoted."""
    judge = ""
    if person_id and reader.may_record and not reader.asked:
        judge = reverse("people_reading", args=[person_id]) + (f"?{back}" if back else "")
    made = [_line(entry, reader, person_id, judge) for entry in entries]
    return made if is_opened else [replace(one, own_words="") for one in made]


def anchor(record_id: str) -> str:
    """How the line of that event is named in its page's address: a source's own id may hold any sign."""
    return "entry-" + hashlib.sha256(record_id.encode()).hexdigest()[:12]


def may_withdraw(e: Entry, reader: Reader) -> bool:
    """The entry was recorded by hand by the worker's own agency, and the page shows today."""
    return e.is_by_hand and reader.may_record and e.agency == reader.own_agency and not reader.asked


def _line(e: Entry, reader: Reader, person_id: str, judge: str) -> Line:
    kind = words.kind(e.kind)
    tags = [(_("Recorded by hand, not yet in a build"), "purple")] if e.is_by_hand and e.is_fresh else []
    if e.is_by_hand and not e.is_fresh:
        tags.append((_("Recorded by hand"), "grey"))
    if e.grade:
        tags.append((_("Grade %(grade)s") % {"grade": e.grade}, "grey"))
    if e.handling:
        tags.append((_("Handling %(code)s") % {"code": e.handling}, "grey"))
    return Line(
        title=e.title or kind, happened=words.happened(e), kind=kind, agency=reader.agency(e.agency), narrative=named.parts(texts.pieces(e), e, reader), read=texts.read_in(e),
        named=named.namings(e, reader),
        facts=tuple(_facts(e)), source=_resting(e), tags=tuple(tags),
        withheld=_("There is a text that your role may not read.") if e.narrative_withheld else "",
        withdraw=reader.link("people_withdraw", person_id, e.source_id) if person_id and may_withdraw(e, reader) else "",
        judge=judge if e.told or e.mentions else "", anchor=anchor(e.event_record_id),
        own_words=", ".join(e.own_words),
    )  # fmt: skip


def _facts(e: Entry) -> Iterable[tuple[str, str]]:
    known = (
        (_("Date as written"), e.happened_text if e.happened_precision not in ("minute", "day") else None),
        (_("Part"), ", ".join(map(words.part, e.roles))),
        (_("Category"), e.category if e.category != e.title else None),
        (_("Where"), e.place),
        (_("Outcome"), e.outcome),
        (_("Recorded by"), e.recorded_by),
        *_details(e),
    )
    return ((name, str(value)) for name, value in known if value not in (None, ""))


def _details(e: Entry) -> Iterable[tuple[str, str]]:
    """What else its source says of it, which no column of its own holds."""
    named = ((name.replace("_", " ").capitalize(), value) for name, value in e.details.items())
    return ((name, str(value)) for name, value in named if value not in (None, ""))


def _resting(e: Entry) -> str:
    """Where it comes from, and whether it is this person's only by a join that nobody has judged."""
    if not e.is_unjudged:
        return _source(e)
    return _("%(source)s By a join that nobody has judged.") % {"source": _source(e)}


def _source(e: Entry) -> str:
    values = {"received": words.day(e.received_on), "file": e.file.replace("_", " "), "id": e.source_id}
    if e.is_by_hand:
        return _("Recorded %(received)s, entry %(id)s") % values
    values["row"] = str(e.row_number)
    values["delivery"] = e.delivery_id
    return _("Received %(received)s. Source: %(file)s %(id)s, row %(row)s of delivery %(delivery)s") % values


def filter_query(filters: Filters, asked: str) -> str:
    """The filters as part of an address."""
    pairs = [("agency", a) for a in sorted(filters.agencies)] + [("kind", k) for k in sorted(filters.kinds)]
    pairs += [
        (name, str(day))
        for name, day in (("from_on", filters.from_on), ("until_on", filters.until_on))
        if day
    ]
    return urlencode([*pairs, *([("as_of", asked)] if asked else [])])


def here(filters: Filters, query: str) -> str:
    """Of a part of the chronology: its address's query, with the name of the page, to come back to it."""
    return "&".join(part for part in ("from=chronology", query, f"page={filters.page}") if part)


def pages(page: PersonPage, query: str) -> Pages:
    """Which page of the chronology this is."""
    number, per = page.filters.page, page.filters.per_page
    count = max(1, -(-page.entry_count // per))
    return paging.pages(
        number, count, lambda to: "?" + "&".join(part for part in (query, f"page={to}") if part)
    )


COLUMNS = (
    "happened_from", "happened_until", "precision", "date_as_written", "kind", "category", "title", "part", "outcome", "place",
    "text", "details", "recorded_by", "agency", "agency_title", "file", "source_id", "row", "delivery", "received_on", "grade", "handling", "by_hand", "by_a_join_nobody_judged",
)  # fmt: skip


def as_csv(entries: Sequence[Entry], titles: Mapping[str, str]) -> str:
    """The chronology as a spreadsheet opens it, with a mark that says it is UTF-8; `titles` are the agencies' names by code.

    When it happened is London time: the minute with its offset from UTC where the source said the minute, else the first and the
    last day that it may have been.
    """
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for e in entries:
        values = (
            *_happened(e), e.happened_precision, e.happened_text, e.kind, e.category, e.title,
            ", ".join(e.roles), e.outcome, e.place, e.narrative, "; ".join(f"{name}: {value}" for name, value in _details(e)),
            e.recorded_by, e.agency, titles.get(e.agency, e.agency), e.file, e.source_id, e.row_number,
            e.delivery_id, e.received_on.isoformat(), e.grade, e.handling, "yes" if e.is_by_hand else "no",
            "yes" if e.is_unjudged else "no",
        )  # fmt: skip
        writer.writerow(safe("" if value is None else str(value) for value in values))
    return out.getvalue()


def _happened(e: Entry) -> tuple[str, str]:
    first, until = e.happened_from_at, e.happened_until_at
    if first is None or until is None:
        return "", ""
    last = london_day(until - timedelta(microseconds=1)).isoformat()
    if e.happened_precision == "minute":
        end = last if e.until_precision == "day" else until.astimezone(LONDON).isoformat()
        return first.astimezone(LONDON).isoformat(), end
    return london_day(first).isoformat(), last

"""The reading door: one person's page, and how a person is found. One call, one audit row."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from engage.governance import actions as governance
from engage.identities import assignments
from engage.picture import reading, searching
from engage.picture.rules import Entry, Filters, PersonPage, SaidField, Saying, SearchResult, Tied
from engage.picture.seeing import Sight, reasons, sight
from engage.records import queries as records
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Fact, Outcome, Viewing
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_, EngageError


HOUSEHOLD_MOST = 12


class PersonNotShown(EngageError):
    """Nothing of this person may be shown to this viewer, or there is no such person: the same words for both."""

    exit_code = 5


def person_page(
    *, viewing: Viewing, build: Build, area: Area, person_id: str, filters: Filters | None = None
) -> PersonPage:
    """Everything a page of the person shows to this viewer on this day. Raises PersonNotShown. Audited either way."""
    filters = filters or Filters()
    try:
        who = assignments.person(build, person_id)
    except assignments.PersonUnknown:
        raise _not_shown(viewing, person_id) from None
    page = _page(viewing, build, area, who, filters)
    if not (page.involved or page.said or page.entry_count):
        raise _not_shown(viewing, person_id)
    fields = ["involved", *(f.field for f in page.said), "chronology", "connections"]
    governance.record_view(
        viewing=viewing,
        action="person.view",
        subject=who.person_id,
        fields=fields,
        decision="allow",
        why=_cut_in_words(filters),
    )
    return page


def chronology(
    *, viewing: Viewing, build: Build, area: Area, person_id: str, filters: Filters
) -> tuple[PersonPage, list[Entry]]:
    """The whole chronology that the filters let through, to print or to take away: an export, and audited as one."""
    page = person_page(
        viewing=viewing,
        build=build,
        area=area,
        person_id=person_id,
        filters=replace(filters, page=1, per_page=100_000),
    )
    governance.record_view(
        viewing=viewing,
        action="chronology.export",
        subject=page.person_id,
        fields=["chronology"],
        decision="allow",
        why=_cut_in_words(filters),
    )
    return page, list(page.entries)


def search(*, viewing: Viewing, build: Build, words: str) -> SearchResult:
    """Who is found by a name (however spelt), a phone, a plate, a number, an address, or part of one. Audited.

    Closest to the words first; ties by name, then id. A record that the viewer may not see finds nobody.
    """
    result = searching.search(viewing=viewing, build=build, words=words)
    found = ",".join(f.person_id for f in result.found)
    governance.record_view(
        viewing=viewing,
        action="people.search",
        subject=found or "none",
        fields=["name", "birth", "match"],
        decision="allow",
    )
    return result


def _page(
    viewing: Viewing, build: Build, area: Area, who: assignments.Person, filters: Filters
) -> PersonPage:
    pages = build.pages()
    ids = (who.person_id,)
    see = sight(viewing, build)
    why = reasons(pages, ids, viewing=viewing)[who.person_id]
    mine = frozenset(who.record_ids)
    said_rows = [
        r
        for r in reading.known_rows(pages, "said", ids, viewing.as_of, current=False)
        if r["record_id"] in mine
    ]
    event_rows = [
        r
        for r in reading.known_rows(pages, "chronology", ids, viewing.as_of)
        if r["person_record_id"] in mine
    ]
    tie_rows = [
        r for r in reading.known_rows(pages, "tie", ids, viewing.as_of) if r["person_record_id"] in mine
    ]
    made = _with_hand(reading.entries(event_rows, see, why), viewing, build, who, see)
    kept = reading.cut(made, filters)
    said = reading.said_fields(said_rows, see, why, viewing.as_of)
    tied, household = _connections(pages, tie_rows, said_rows, see, why, viewing)
    first = (filters.page - 1) * filters.per_page
    return PersonPage(
        person_id=who.person_id, asked_id=who.asked_id, name=_first(said, "name"), born=_first(said, "birth"),
        involved=reading.involved(area, said_rows, event_rows, see, why), said=said,
        entries=tuple(kept[first : first + filters.per_page]), entry_count=len(kept),
        kinds=tuple(sorted({e.kind for e in made})), agencies=tuple(sorted({e.agency for e in made})),
        tied=tied, household=household,
        silences=tuple(reading.silences(pages, area, {(e.agency, e.kind) for e in made}, viewing.as_of)),
        records=_records(said_rows, see, why), proposals=reading.proposed(pages, ids, see, why),
        is_judged=who.is_judged, changed_since_build=who.changed_since_build, filters=filters,
    )  # fmt: skip


def _first(said: Sequence[SaidField], field: str) -> str:
    return next((f.values[0].value for f in said if f.field == field and f.values), "")


def _records(rows: reading.Rows, see: Sight, why: frozenset[str]) -> tuple[Saying, ...]:
    """The records that make the person, as far as the viewer may see them."""
    made = {
        r["record_id"]: Saying(r["agency"], r["record_id"], r["known_from_on"], r["known_until_on"])
        for r in rows
        if r["kind"] == "person_record" and see.may(r["access_base"], r["kind"], why)
    }
    return tuple(made[key] for key in sorted(made))


def _connections(
    pages: sqlite3.Connection,
    tie_rows: reading.Rows,
    said_rows: reading.Rows,
    see: Sight,
    why: frozenset[str],
    viewing: Viewing,
) -> tuple[tuple[Tied, ...], tuple[Tied, ...]]:
    """The person's ties, people named where the viewer may see a name; and who else a current record puts at the same address."""
    tied = reading.ties(tie_rows, see, why)
    addresses = sorted(
        {
            r["value_key"]
            for r in said_rows
            if r["field"] == "address"
            and r["known_until_on"] is None
            and see.may(r["access_base"], "location", why)
        }
    )
    mates = _household(pages, addresses, see, viewing, exclude=said_rows[0]["person_id"] if said_rows else "")
    names = searching.names_of(
        pages, [*(t.key for t in tied if t.thing == "person"), *(m.key for m in mates)], see, viewing
    )
    named = tuple(
        replace(t, label=names[t.key]) if t.thing == "person" else t
        for t in tied
        if t.thing != "person" or t.key in names
    )
    return named, tuple(replace(m, label=names[m.key]) for m in mates if m.key in names)


def _household(
    pages: sqlite3.Connection, addresses: Sequence[str], see: Sight, viewing: Viewing, *, exclude: str
) -> list[Tied]:
    mates: dict[str, list[Any]] = {}
    day = viewing.as_of.isoformat()
    for key in addresses:
        street, _, postcode = key.partition("|")
        rows = pages.execute(
            "select distinct person_id, record_id, access_base from find where key in (?, ?) and kind = 'location' and known_from_on <= ? "
            "and (known_until_on is null or known_until_on > ?) limit 200",
            [
                f"place:{street}",
                "place:" + postcode.replace(" ", "") if not street else f"place:{street}",
                day,
                day,
            ],
        ).fetchall()
        for row in rows:
            if row["person_id"] != exclude:
                mates.setdefault(row["person_id"], []).append(row)
    why = reasons(pages, mates, viewing=viewing)
    made = []
    for person, rows in sorted(mates.items()):
        visible = [r for r in rows if see.may(r["access_base"], "location", why[person])]
        if visible:
            agencies = tuple(sorted({see.bases[r["access_base"]][0] for r in visible}))
            made.append(
                Tied(
                    "person",
                    person,
                    "",
                    (N_("recorded at the same address"),),
                    agencies,
                    tuple(sorted({r["record_id"] for r in visible})),
                    None,
                )
            )
    return made[:HOUSEHOLD_MOST]


def _with_hand(
    made: list[Entry], viewing: Viewing, build: Build, who: assignments.Person, see: Sight
) -> list[Entry]:
    """What staff recorded since the build stands in the chronology at once; what they withdrew no longer does.

    On an earlier day only what was recorded by then stands, and what was withdrawn later still does.
    """
    is_now = viewing.as_of >= build.info.as_of
    fresh, withdrawn = records.hand_since(
        viewing=viewing, build=build, person_ids=sorted({who.person_id, who.asked_id})
    )
    kept = [e for e in made if not (is_now and e.is_by_hand and int(e.source_id) in withdrawn)]
    added = [_hand_entry(h.rows, see) for h in fresh if is_now or london_day(h.recorded_at) <= viewing.as_of]
    return sorted([*kept, *added], key=reading.newest_first) if added else kept


def _hand_entry(rows: dict[str, list[dict[str, Any]]], see: Sight) -> Entry:
    event = rows["event"][0]
    plain = {k: event[k] for k in ("kind", "category", "title", "outcome", "recorded_by", "happened_precision", "happened_text", "grade", "handling", "agency",
                                   "file", "source_id", "delivery_id", "row_number", "received_on")}  # fmt: skip
    text = see.of_fact(Fact(event["agency"], "narrative", event["handling"])).outcome
    return Entry(
        **plain, event_record_id=event["record_id"], roles=("subject",), details={}, happened_from_at=_aware(event["happened_from_at"]),
        happened_until_at=_aware(event["happened_until_at"]), place=None,
        narrative=rows["narrative"][0]["text"] if text is Outcome.ALLOW else None,
        narrative_withheld=text is Outcome.SIGNPOST, is_by_hand=True, is_fresh=True,
    )  # fmt: skip


def _aware(at: datetime | None) -> datetime | None:
    return at.replace(tzinfo=UTC) if at else None


def _cut_in_words(filters: Filters) -> str:
    parts = [
        *sorted(filters.agencies),
        *sorted(filters.kinds),
        str(filters.from_on or ""),
        str(filters.until_on or ""),
    ]
    return " ".join(p for p in parts if p)


def _not_shown(viewing: Viewing, person_id: str) -> PersonNotShown:
    governance.record_view(
        viewing=viewing, action="person.view", subject=person_id, fields=[], decision="nothing"
    )
    return PersonNotShown(
        N_("There is no person of that id, or nothing that your role may see for the purpose you gave."),
        remedy=N_(
            "Check the id and the purpose. If you are worried about a child, speak to your team manager."
        ),
    )

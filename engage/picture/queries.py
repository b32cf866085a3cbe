"""The reading door: one person's page, and how a person is found. One call, one audit row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engage.governance import actions as governance
from engage.governance import queries as access
from engage.governance.policies import WORKER
from engage.identities import assignments
from engage.identities.judging.standing import is_tied, judged_records
from engage.identities.seeing import seen
from engage.picture import byhand, naming, reading, tying
from engage.picture.accused import listing
from engage.picture.readings.standing import last_day
from engage.picture.rules import Entry, Filters, Named, PersonPage, SearchResult, Sought, Tied
from engage.picture.search import people
from engage.picture.search.called import called, names_of
from engage.picture.seeing import Sight, reasons_about, sight
from engage.picture.texts import with_what_was_read
from engage.picture.watching import standing as watching
from engage.picture.watching.rules import WatchListed, WatchShown
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_, EngageError


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
        raise not_shown(viewing, person_id) from None
    page = _page(viewing, build, area, who, filters)
    if not (page.involved or page.said or page.entry_count):
        raise not_shown(viewing, person_id)
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


def search(*, viewing: Viewing, build: Build, sought: Sought) -> SearchResult:
    """Who is found by a name (however spelt), a phone, a plate, a number, an address, or part of one. Audited.

    Closest to the words first; ties by name, then id. Of those, who fits the days of birth, street and agency that were given,
    and apart from them of whom that is not known. A record that the viewer may not see finds nobody.
    """
    result = people.search(viewing=viewing, build=build, sought=sought)
    found = ",".join(f.person_id for f in (*result.found, *result.unknown, *result.waiting))
    governance.record_view(
        viewing=viewing,
        action="people.search",
        subject=found or "none",
        fields=["name", "birth", "match"],
        decision="allow",
    )
    return result


def watches(*, viewing: Viewing, build: Build) -> tuple[WatchShown, ...]:
    """What the viewer watches, with what arrived since they last looked, as far as they may see it today. Audited. Raises MayNotDo."""
    access.check_can(viewer=viewing.viewer, what="watch")
    shown = watching.of_owner(viewing, build)
    told = ",".join(sorted({one.person_id or one.record_id for watch in shown for one in watch.news}))
    governance.record_view(
        viewing=viewing, action="watches.view", subject=told or "none", fields=["watch"], decision="allow"
    )
    return shown


def watches_of_all(*, viewing: Viewing) -> tuple[WatchListed, ...]:
    """Who watches what kind of thing, why and until when, for those whose role is to ask: watching is intrusive. Audited. Raises MayNotSee."""
    access.check_may_audit(viewing=viewing, action="watches.read", subject="all")
    return watching.everybodys(london_day(viewing.at))


def how_called(*, viewing: Viewing, build: Build, person_ids: Iterable[str]) -> dict[str, Named]:
    """How each of these persons (today's ids) is called, as their pages call them, as far as the viewer may know. Audited."""
    see, asked = sight(viewing, build), sorted(set(person_ids))
    found = called(build.pages(), asked, see, reasons_about(build.pages(), set(asked), see=see))
    governance.record_view(
        viewing=viewing,
        action="people.named",
        subject=",".join(asked) or "none",
        fields=["name", "birth"],
        decision="allow",
    )
    return {person: Named(one.name, one.birth) for person, one in found.items()}


@dataclass
class _Rows:
    """The rows behind one page, as they were known on the viewing's day, of the records that are the person today."""

    said: reading.Rows
    chronology: list[Any]
    ties: list[Any]
    proposals: list[dict[str, Any]]


def _rows(see: Sight, who: assignments.Person) -> _Rows:
    pages, day, mine = see.build.pages(), see.viewing.as_of, frozenset(who.record_ids)
    ids = see.today.laid_under([who.person_id])[who.person_id]
    return _Rows(
        said=[
            r for r in reading.known_rows(pages, "said", ids, day, current=False) if r["record_id"] in mine
        ],
        chronology=[
            r for r in reading.known_rows(pages, "chronology", ids, day) if r["person_record_id"] in mine
        ],
        ties=tying.today(
            listing.ties(
                see, [r for r in reading.known_rows(pages, "tie", ids, day) if r["person_record_id"] in mine]
            ),
            see,
            mine,
        ),
        proposals=tying.proposals(pages, ids, see, mine),
    )


def _page(
    viewing: Viewing, build: Build, area: Area, who: assignments.Person, filters: Filters
) -> PersonPage:
    pages, see = build.pages(), sight(viewing, build)
    rows = _rows(see, who)
    others = {r["thing_key"] for r in rows.ties if r["thing"] == "person"} | {
        r["other_person_id"] for r in rows.proposals
    }
    reasons = reasons_about(pages, {who.person_id, *others}, see=see)
    why = reasons[who.person_id]
    heard = [r for r in rows.said if reading.may_hear(r, see, why)]
    # An address that the viewer may not see leads to nobody: who else lives there would tell it.
    near = tying.neighbours(pages, heard, see, who.person_id)
    reasons |= reasons_about(pages, set(near) - set(reasons), see=see)
    records = {row["record_id"] for row in heard if row["kind"] == "person_record"}
    unjudged = frozenset(records - judged_records(records)) if len(records) > 1 else frozenset[str]()
    hand = byhand.by_hand(viewing, build, who)
    happened = hand.standing([*rows.chronology, *hand.rows])
    all_of_it = reading.happenings(happened, see, why)
    kept = reading.newest_first(reading.cut(all_of_it, filters))
    first = (filters.page - 1) * filters.per_page
    unsure = tying.resting_on(heard, viewing.as_of.isoformat(), unjudged)
    said, now = reading.said_fields(heard, viewing.as_of), _standing(heard, viewing.as_of.isoformat())
    tied = tying.merged(
        [*tying.ties(rows.ties, see, why, unjudged), *tying.said_ties(heard, viewing.as_of, unjudged)]
    )
    names = names_of(pages, {*near, *(t.key for t in tied if t.thing == "person")}, see, reasons)
    return PersonPage(
        person_id=who.person_id, asked_id=who.asked_id, name=naming.name_of(now), born=naming.birth_of(now),
        involved=reading.involved(area, rows.said, happened, see, why, unjudged), said=said,
        entries=listing.entries(see, who.person_id, with_what_was_read(see, why, (reading.entry(h, see, why, unjudged) for h in kept[first : first + filters.per_page]), said_until=last_day(viewing, build))), entry_count=len(kept),
        kinds=tuple(sorted({h.kind for h in all_of_it})), agencies=tuple(sorted({h.agency for h in all_of_it})),
        tied=tuple(_named(tied, names)), household=tying.household(near, see, reasons, names, unsure),
        silences=tuple(tying.silences(pages, area, {(h.agency, h.kind) for h in all_of_it}, viewing.as_of)),
        records=reading.sayings((r for r in heard if r["kind"] == "person_record"), viewing.as_of.isoformat()),
        proposals=tying.proposed(rows.proposals, see, why, reasons),
        unjudged=tuple(sorted(unjudged)), is_judged=is_tied(records),
        workers=tuple(sorted(one.removeprefix(WORKER) for one in see.named.get(who.person_id, ()))),
        changed_since_build=bool(who.moved and seen(viewing, build, who.moved).open), filters=filters,
    )  # fmt: skip


def _named(tied: Iterable[Tied], names: Mapping[str, str]) -> Iterator[Tied]:
    """People are named where the viewer may see a name, and left out where not."""
    for one in tied:
        if one.thing != "person":
            yield one
        elif one.key in names:
            yield replace(one, label=names[one.key])


def _standing(heard: reading.Rows, day: str) -> list[sqlite3.Row]:
    """What is said still on the day; all that ever was where nothing is."""
    now = [row for row in heard if row["known_until_on"] is None or row["known_until_on"] > day]
    return now or list(heard)


def _cut_in_words(filters: Filters) -> str:
    parts = [
        *sorted(filters.agencies),
        *sorted(filters.kinds),
        str(filters.from_on or ""),
        str(filters.until_on or ""),
    ]
    return " ".join(p for p in parts if p)


def not_shown(viewing: Viewing, person_id: str) -> PersonNotShown:
    """The error to raise where nothing of a person may be shown; that somebody asked is in the log."""
    governance.record_view(
        viewing=viewing, action="person.view", subject=person_id, fields=[], decision="nothing"
    )
    return PersonNotShown(
        N_("There is no person of that id, or nothing that your role may see for the purpose you gave."),
        remedy=N_(
            "Check the id and the purpose. If you are worried about a child, speak to your team manager."
        ),
    )

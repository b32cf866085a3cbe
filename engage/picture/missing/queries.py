"""The reading door: who is missing, who is back, who was missing together, and one episode. One call, one audit row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from engage.governance import actions as governance
from engage.picture.missing import around as surroundings
from engage.picture.missing.around import Around
from engage.picture.missing.back import ages_of, returned
from engage.picture.missing.gathering import ChildRecords, Gathered, gather
from engage.picture.missing.rules import BACK, MISSING, NOT_RECEIVED, Episode
from engage.picture.missing.screen import DEFAULT_ORDER, ORDERS, Listed, Screen, Together, in_order
from engage.picture.missing.stated import stated
from engage.picture.missing.together import Away, Pair, pairs
from engage.picture.missing.unplaced import unplaced
from engage.picture.seeing import Sight, sight
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_, EngageError


MOST_DAYS = 730


class EpisodeNotShown(EngageError):
    """Nothing of this episode may be shown to this viewer, or there is none: the same words for both."""

    exit_code = 5


def screen(
    *, viewing: Viewing, build: Build, order: str = DEFAULT_ORDER, action: str = "missing.view"
) -> Screen:
    """Who is missing at the viewing's moment, of whom the end was not received, and who came back in the last days, with what stood
    around each child before. `order` is one of `screen.ORDERS`; another is taken for the default. Audited as `action`."""
    days = stated().days
    gathered = gather(sight(viewing, build), max(days["together"], days["back"], days["end_not_received"]))
    made = _screen(gathered, order)
    governance.record_view(
        viewing=viewing,
        action=action,
        subject=",".join(sorted(made.person_ids | set(made.together.names) | made.unplaced.person_ids))
        or "none",
        fields=[
            "name",
            "birth",
            "missing",
            "places",
            "company",
            "vehicles",
            "phones",
            "checks",
            "return_interview",
        ],
        decision="allow",
    )
    return made


def together(*, viewing: Viewing, build: Build, days: int = 0) -> Together:
    """Who was missing together in the last days (0: the stated number; at most two years), pair by pair. Audited."""
    asked = min(days, MOST_DAYS) if days > 0 else stated().days["together"]
    gathered = gather(sight(viewing, build), asked)
    made = _together(gathered, asked)
    governance.record_view(
        viewing=viewing,
        action="missing.together",
        subject=",".join(sorted(made.names)) or "none",
        fields=["name", "missing", "places", "company"],
        decision="allow",
    )
    return made


def episode(*, viewing: Viewing, build: Build, report: str, child: str = "") -> Listed:
    """The last time that a child was missing, by the record id of one of its reports; of a report about several children `child` (today's id) says of
    whom. Raises EpisodeNotShown. Audited either way."""
    gathered = gather(sight(viewing, build), MOST_DAYS)
    about = [
        one.person_id
        for one in gathered.children.values()
        if report in {reported.record_id for reported in one.episodes[-1].reports}
    ]
    found = [person for person in about if not child or person == child]
    governance.record_view(
        viewing=viewing,
        action="missing.episode",
        subject=found[0] if found else report,
        fields=["name", "birth", "missing", "checks"] if found else [],
        decision="allow" if found else "nothing",
    )
    if not found:
        raise EpisodeNotShown(
            N_(
                "There is no report of that number, or nothing of it that your role may see for the purpose you gave."
            ),
            remedy=N_("Go back to the list. If you are worried about a child, speak to your team manager."),
        )
    return _listed(gathered, found[:1])[0]


def _screen(gathered: Gathered, order: str) -> Screen:
    days, now = gathered.stated.days, gathered.now
    first_unended, first_back = (now - timedelta(days=days[code]) for code in ("end_not_received", "back"))
    last = {person: child.episodes[-1] for person, child in gathered.children.items()}
    long = [p for p, child in gathered.children.items() if _is_long(gathered, child)]
    missing = [p for p, e in last.items() if e.state == MISSING and p not in long]
    no_end = [p for p, e in last.items() if e.state == NOT_RECEIVED]
    unended = [p for p in no_end if last[p].since.from_at >= first_unended]
    listed = {one.person_id: one for one in _listed(gathered, [*missing, *unended, *long])}
    chosen = order if order in ORDERS else DEFAULT_ORDER
    return Screen(
        now=now,
        as_of=gathered.see.viewing.as_of,
        order=chosen,
        missing=in_order([listed[p] for p in missing], chosen),
        unended=in_order([listed[p] for p in unended], chosen),
        back=returned(gathered, first_back),
        together=_together(gathered, days["together"]),
        back_days=days["back"],
        unended_days=days["end_not_received"],
        clock_source=gathered.stated.interview.source,
        received=_received(gathered),
        sees_reports=_sees_reports(gathered.see),
        long=in_order([listed[p] for p in long], chosen),
        long_days=days["long"],
        earlier_unended=len(no_end) - len(unended),
        unplaced=unplaced(gathered),
    )


def _is_long(gathered: Gathered, child: ChildRecords) -> bool:
    """Reported so long ago that the child stands in a group of its own, and not known to be back."""
    first = gathered.now - timedelta(days=gathered.stated.days["long"])
    return child.episodes[-1].state == MISSING and child.episodes[-1].since.from_at < first


def _sees_reports(see: Sight) -> bool:
    """Some event of some agency that sends cases is open to the viewer, and the part that a person has in it."""
    nobody = frozenset[str]()
    return any(see.may(base, "event", nobody) and see.may(base, "role", nobody) for base in see.bases)


def _listed(gathered: Gathered, person_ids: Sequence[str]) -> list[Listed]:
    found = surroundings.around(gathered, person_ids)
    return [_one(gathered, person, found) for person in person_ids]


def _one(gathered: Gathered, person: str, found: Around) -> Listed:
    child, called = gathered.children[person], gathered.how_called.get(person)
    now_gone: Episode = child.episodes[-1]
    reports = {report.record_id for report in now_gone.reports}
    ended_by = {now_gone.end.record_id} if now_gone.end else set()
    is_gone = now_gone.state != BACK
    before = frozenset(r.record_id for r in child.recorded if not is_gone or r.record_id not in reports)
    return Listed(
        person_id=person,
        name=gathered.name(person),
        born=called.birth if called else "",
        ages=ages_of(gathered, person),
        known_to=tuple(sorted({*(called.known_to if called else ()), *(r.agency for r in child.recorded)})),
        record_id=child.record_ids[now_gone.since.record_id],
        episode=now_gone,
        earlier=tuple(reversed(child.episodes[:-1])),
        places=found.places[person],
        company=surroundings.company_of(gathered, child, before | reports | ended_by),
        vehicles=tuple(t for t in found.ties[person] if t.thing == "vehicle"),
        phones=tuple(t for t in found.ties[person] if t.thing == "phone"),
        homes=tuple(text for _key, text in found.homes[person]),
        checks=found.checks.get(person, ()),
        earlier_checks=found.earlier_checks.get(person, ()),
        told=found.told.get(person, ()),
        is_told_withheld=person in found.withheld,
    )


def _together(gathered: Gathered, days: int) -> Together:
    """Pairs of whom the viewer may see both names; those with nothing but one same time, which may be chance, apart."""
    first_on = london_day(gathered.now) - timedelta(days=days)
    children = [
        child
        for child in gathered.children.values()
        if gathered.name(child.person_id) and not _is_long(gathered, child)
    ]
    places = surroundings.places_of(gathered, children)
    homes = surroundings.home_keys(gathered, children)
    away = [
        Away(
            child.person_id,
            child.episodes,
            places[child.person_id],
            homes[child.person_id],
            {
                other: tuple(one.on for one in child.company if one.person_id == other)
                for other in {c.person_id for c in child.company}
            },
        )
        for child in children
    ]
    found = pairs(away, first_on=first_on, now=gathered.now, night=gathered.stated.night)
    in_pairs = sorted({person for pair in found for person in (pair.one, pair.other)})
    return Together(
        first_on=first_on,
        days=days,
        pairs=tuple(pair for pair in found if not pair.is_once_only),
        chance=tuple(pair for pair in found if pair.is_once_only),
        names={person: gathered.name(person) for person in in_pairs},
        episodes={person: gathered.children[person].episodes for person in in_pairs},
        places={person: places[person] for person in in_pairs},
    )


def with_anyone(made: Together, person_ids: Iterable[str]) -> tuple[Pair, ...]:
    """The pairs in which one of these children is."""
    wanted = set(person_ids)
    return tuple(pair for pair in made.pairs if {pair.one, pair.other} & wanted)


def _received(gathered: Gathered) -> dict[str, str]:
    """The day of the last delivery, by the viewing's day, of each agency whose reports are shown."""
    agencies = {r.agency for child in gathered.children.values() for r in child.recorded}
    day = gathered.see.viewing.as_of.isoformat()
    rows = gathered.see.build.pages().execute(
        "select agency, max(received_on) from chronology where kind in ('missing', 'found', 'return_interview') and known_from_on <= ? group by agency",
        [day],
    )
    return {agency: last for agency, last in rows if agency in agencies}

"""What does a worker watch, and what of it is new? Reads the decided store and the build; what is told is what the viewer may see today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from engage.identities import assignments
from engage.picture.models import Watch
from engage.picture.search.called import names_of
from engage.picture.seeing import Sight, reasons_about, sight
from engage.picture.watching.names import called_so, of_name
from engage.picture.watching.people import of_people
from engage.picture.watching.rules import (
    NAME,
    PERSON,
    Arrived,
    Came,
    Watched,
    WatchListed,
    WatchShown,
    newest_first,
)
from engage.picture.watching.texts import of_texts
from engage.picture.watching.things import of_things
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day


def of_owner(viewing: Viewing, build: Build) -> tuple[WatchShown, ...]:
    """The viewer's watches that were not ended, those with something new first, each with what arrived since it was last seen."""
    mine = list(Watch.objects.filter(owner=viewing.viewer.user_id, ended_at=None))
    # Most watch nothing, and come to the home page often.
    found = shown(sight(viewing, build), mine) if mine else []
    return tuple(sorted(found, key=lambda one: (one.is_expired, not one.news, -one.number)))


def shown(see: Sight, watches: Sequence[Watch]) -> list[WatchShown]:
    """Each of these watches of the viewer's with what arrived since it was last seen: nothing where it has expired."""
    on = london_day(see.viewing.at)
    found = arrived(see, [watch for watch in watches if watch.expires_on > on])
    now = assignments.today(see.build, (watch.key for watch in watches if watch.kind == PERSON))
    why = reasons_about(see.build.pages(), now.values(), see=see)
    names = names_of(see.build.pages(), now.values(), see, why)
    return [
        WatchShown(
            watch.pk, _called(watch, now, names), watch.why, watch.made_at, watch.expires_on, watch.expires_on <= on,
            _leads_to(watch, now, names), _unseen(watch, found.get(watch.pk, ())),
        )
        for watch in watches
    ]  # fmt: skip


def _called(watch: Watch, now: dict[str, str], names: dict[str, str]) -> Watched:
    label = names.get(now[watch.key], "") if watch.kind == PERSON else watch.label
    return Watched(watch.kind, watch.key, label)


def _leads_to(watch: Watch, now: dict[str, str], names: dict[str, str]) -> str:
    """Today's id of a person who is watched; the id that the owner knows, where what became of it is not theirs to know any more."""
    if watch.kind != PERSON:
        return ""
    return now[watch.key] if now[watch.key] in names else watch.key


def _unseen(watch: Watch, found: Iterable[Arrived]) -> tuple[Arrived, ...]:
    seen = set(watch.seen)
    return newest_first(one for one in found if one.mark not in seen)


def arrived(see: Sight, watches: Iterable[Watch]) -> dict[int, list[Arrived]]:
    """For each watch, all that came after what the build held when it was last seen, whether seen then or not."""
    every = list(watches)
    if not every:
        return {}
    since = Came(min(watch.seen_delivery for watch in every), min(watch.seen_entry for watch in every))
    now = assignments.today(see.build, (watch.key for watch in every if watch.kind == PERSON))
    people = of_people(see, set(now.values()), since) if now else {}
    wanted = {(watch.kind, watch.key) for watch in every if watch.kind not in (PERSON, NAME)}
    things = of_things(see, wanted, since) if wanted else {}
    means = {watch.pk: _means(see, watch, now) for watch in every}
    named = of_texts(see, {one for some in means.values() for one in some}, since)
    found = {}
    for watch in every:
        if watch.kind == NAME:
            recorded = of_name(see, watch.key, _seen(watch))
        else:
            recorded = (
                people[now[watch.key]] if watch.kind == PERSON else things.get((watch.kind, watch.key), [])
            )
        in_texts = [one for thing in means[watch.pk] for one in named.get(thing, ())]
        found[watch.pk] = _since(watch, [*recorded, *in_texts])
    return found


def _means(see: Sight, watch: Watch, now: dict[str, str]) -> set[tuple[str, str]]:
    """What texts must name for the watch to tell of them: of a name, whoever records call so."""
    if watch.kind == NAME:
        return {(PERSON, person) for person in called_so(see, watch.key)}
    return {(watch.kind, now[watch.key] if watch.kind == PERSON else watch.key)}


def _since(watch: Watch, found: Iterable[Arrived]) -> list[Arrived]:
    return [one for one in found if one.came.is_after(_seen(watch))]


def _seen(watch: Watch) -> Came:
    return Came(watch.seen_delivery, watch.seen_entry)


def everybodys(on: date) -> tuple[WatchListed, ...]:
    """Everybody's watches that have not ended, and after them those that have; newest first."""
    listed = [
        WatchListed(
            watch.pk, watch.kind, watch.key if watch.kind == PERSON else "", watch.owner, watch.agency, watch.why, watch.made_at,
            watch.expires_on, watch.ended_at,
        )
        for watch in Watch.objects.order_by("-pk")
    ]  # fmt: skip
    return tuple(sorted(listed, key=lambda one: one.ended_at is not None or one.expires_on <= on))

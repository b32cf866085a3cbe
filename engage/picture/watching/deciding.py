"""A watch is made, renewed, seen and ended: by its owner alone, with a reason, for no longer than a watch lasts. Each is audited."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from engage.governance import actions as governance
from engage.identities import assignments
from engage.picture.models import Watch
from engage.picture.seeing import sight
from engage.picture.watching import standing, things
from engage.picture.watching.rules import (
    KINDS,
    NAME,
    PERSON,
    PHONE,
    PLACE,
    Arrived,
    Came,
    Watched,
    last_end,
    most_days,
    normal,
)
from engage.records.normal import telephone
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_, EngageError, Sentence


class WatchRefused(EngageError):
    """A watch needs a reason and an end that is near enough, and something to watch; only its owner changes it."""


@transaction.atomic
def begin(*, viewing: Viewing, build: Build, watched: Watched, why: str, until: date) -> int:
    """Make a watch whose last day is `until`; return its number. Nothing that is known already is new to it. Raises WatchRefused."""
    _check_words(viewing, why, until)
    watched = _named(viewing, build, watched)
    if watched.key in _watched(viewing, build, watched.kind):
        raise WatchRefused(
            N_("You watch this already."), remedy=N_("Renew it, or end it, on the page of your watches.")
        )
    watch = _make(viewing, build, watched, why, until)
    _written(viewing, watch, "watch.made", "made", why)
    return watch.pk


@transaction.atomic
def renew(*, viewing: Viewing, number: int, why: str, until: date) -> int:
    """End a watch and make it anew, with why it is still needed; return the new number. What was seen stays seen. Raises WatchRefused."""
    _check_words(viewing, why, until)
    old = _mine(viewing, number)
    seen = {field: getattr(old, field) for field in _SEEN}
    _end(viewing, old)
    watch = Watch.objects.create(
        kind=old.kind, key=old.key, label=old.label, renews=old.pk, **_of_now(viewing, why, until), **seen
    )
    _written(viewing, watch, "watch.renewed", "made", why)
    return watch.pk


@transaction.atomic
def end(*, viewing: Viewing, number: int) -> None:
    """End a watch. The row stays. Raises WatchRefused."""
    watch = _mine(viewing, number)
    _end(viewing, watch)
    _written(viewing, watch, "watch.ended", "ended")


@transaction.atomic
def take_as_seen(*, viewing: Viewing, build: Build, number: int, state: str) -> None:
    """Take what a watch tells as seen, if it tells now what it told when the viewer looked (`state`). Raises WatchRefused."""
    watch, see = _mine(viewing, number), sight(viewing, build)
    (shown,) = standing.shown(see, [watch])
    if shown.state != state or viewing.as_of < build.info.as_of:
        raise WatchRefused(
            N_("Something else has come since you looked. Nothing was marked as seen."),
            remedy=N_("Look at the list again."),
        )
    _see(watch, build, standing.arrived(see, [watch])[watch.pk])
    watch.save(update_fields=_SEEN)
    _written(viewing, watch, "watch.seen", "recorded")


def _watched(viewing: Viewing, build: Build, kind: str) -> set[str]:
    """The keys of that kind that the viewer watches; of people, today's ids."""
    mine = Watch.objects.filter(owner=viewing.viewer.user_id, ended_at=None, kind=kind)
    keys = set(mine.values_list("key", flat=True))
    return set(assignments.today(build, keys).values()) if kind == PERSON else keys


def _make(viewing: Viewing, build: Build, watched: Watched, why: str, until: date) -> Watch:
    held = _held(build)
    watch = Watch.objects.create(
        kind=watched.kind, key=watched.key, label=watched.label, seen_delivery=held.delivery, seen_entry=held.entry, seen=[],
        **_of_now(viewing, why, until),
    )  # fmt: skip
    now = Viewing(viewing.viewer, viewing.purpose, viewing.at, build.info.as_of, viewing.request_id)
    _see(watch, build, standing.arrived(sight(now, build), [watch])[watch.pk])
    watch.save(update_fields=_SEEN)
    return watch


def _of_now(viewing: Viewing, why: str, until: date) -> dict[str, object]:
    who = viewing.viewer
    return {
        "why": why.strip(), "purpose": viewing.purpose, "owner": who.user_id, "agency": who.agency, "made_at": viewing.at,
        "expires_on": date.fromordinal(until.toordinal() + 1),
    }  # fmt: skip


_SEEN = ("seen_delivery", "seen_entry", "seen")


def _see(watch: Watch, build: Build, found: list[Arrived]) -> None:
    """From now on what comes after what the build holds is new, but for what the viewer has seen of that: what staff recorded since, and what
    a build of an earlier day holds of later deliveries. What was seen in a later build stays seen."""
    held = _held(build)
    watch.seen_delivery, watch.seen_entry = (
        max(watch.seen_delivery, held.delivery),
        max(watch.seen_entry, held.entry),
    )
    seen = Came(watch.seen_delivery, watch.seen_entry)
    watch.seen = sorted({one.mark for one in found if one.came.is_after(seen)})


def _held(build: Build) -> Came:
    """The last delivery and the last entry by hand that a build took in."""
    return Came(build.info.watermarks.get("delivery", 0), build.info.watermarks.get("hand_entry", 0))


def _named(viewing: Viewing, build: Build, watched: Watched) -> Watched:
    """What is watched, under the key that records have. Of a place there must be a record that the viewer may see, since nobody types its key,
    and of what is no telephone number: it may be an account's name."""
    number = telephone(watched.key) if watched.kind == PHONE else None
    key = number or normal(watched.kind, watched.key)
    if watched.kind not in KINDS or not key:
        raise WatchRefused(
            N_("There is nothing to watch in that."), remedy=N_("Write a name, a plate or a number.")
        )
    if watched.kind == PERSON:
        return Watched(PERSON, key)
    label = things.label_of(sight(viewing, build), (watched.kind, key)) if watched.kind != NAME else ""
    if watched.kind == PLACE and not label:
        raise WatchRefused(
            N_("There is no such place, or none that you may see."), remedy=N_("Begin from a person's page.")
        )
    if watched.kind == PHONE and not (number or label):
        raise WatchRefused(
            N_("This is no telephone number, and no account that a record you may see names."),
            remedy=N_("Write the number in full, as 07700 900123 or +44 7700 900123."),
        )
    return Watched(watched.kind, key, label or watched.label or watched.key)


def _mine(viewing: Viewing, number: int) -> Watch:
    """The viewer's own watch of that number. To everybody else there is none."""
    found = Watch.objects.filter(pk=number, owner=viewing.viewer.user_id, ended_at=None).first()
    if found is None:
        raise WatchRefused(
            N_("You have no watch of that number, or it has ended."), remedy=N_("Look at the list again.")
        )
    return found


def _end(viewing: Viewing, watch: Watch) -> None:
    watch.ended_at = viewing.at
    watch.save(update_fields=["ended_at"])


def _check_words(viewing: Viewing, why: str, until: date) -> None:
    on = london_day(viewing.at)
    if not why.strip():
        raise WatchRefused(N_("Say why you watch this."), remedy=N_("Write a reason."))
    if not on <= until <= last_end(on):
        days = {"days": str(most_days(on)), "last": last_end(on).isoformat()}
        raise WatchRefused(
            Sentence(N_("A watch ends on a day from today on, %(days)s days from now at most."), days),
            remedy=Sentence(N_("Choose a day up to %(last)s. You can renew it then."), days),
        )


def _written(viewing: Viewing, watch: Watch, action: str, decision: str, why: str = "") -> None:
    """Of a person the log tells whom, of anything else which watch: a plate or a name is no subject of it."""
    subject = watch.key if watch.kind == PERSON else f"watch {watch.pk}"
    governance.record_decision(
        viewing=viewing, action=action, subject=subject, fields=["watch"], decision=decision, why=why
    )

"""What is checked before a screening is asked for, given leave, run or withdrawn, and the rows that are kept of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import transaction

from engage.governance import actions as governance
from engage.governance import queries as access
from engage.networks.models import Screening, ScreeningStep
from engage.networks.queries import NothingToShow
from engage.networks.rules import code_of
from engage.networks.screening import keeping, standing
from engage.networks.screening.limits import Limits, limits
from engage.networks.screening.matching import screened
from engage.networks.screening.rules import ASKED, AUTHORISED, PERSON, RUN, Entry
from engage.networks.screening.standing import Standing
from engage.picture.seeing import sight
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewer, Viewing
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_, EngageError, Sentence


AUTHORISE = "authorise_screening"
SCREEN = "screen"


class ScreeningRefused(EngageError):
    """It cannot be asked for, given leave, run or withdrawn so: names what is missing."""


@dataclass(frozen=True)
class Asking:
    """What is asked for: whose list it is, why and for which purpose it is screened, whose leave is asked (a sign-in name), the last day on which hits may be
    shown, and the rows."""

    whose_list: str
    why: str
    purpose: str
    authoriser: str
    last_day: date
    entries: tuple[Entry, ...]


def ask(viewing: Viewing, asking: Asking) -> int:
    """Keep that it was asked for; return its number."""
    today = london_day(viewing.at)
    most = limits(today)
    _check_asking(viewing, asking, most, today)
    leave = {one.user_id: one for one in authorisers(viewing)}
    who, rows = viewing.viewer, asking.entries
    with transaction.atomic():
        row = Screening.objects.create(
            whose_list=asking.whose_list.strip(), why=asking.why.strip(), purpose=asking.purpose, asked_by=who.user_id, asked_by_name=who.name,
            agency=who.agency, asked_at=viewing.at, authoriser=asking.authoriser, authoriser_name=leave[asking.authoriser].name,
            lapses_on=most.lapses_on(today), expires_on=asking.last_day + timedelta(days=1), row_count=len(rows),
            name_count=sum(bool(one.name) for one in rows), phone_count=sum(bool(one.phone) for one in rows), plate_count=sum(bool(one.plate) for one in rows),
            request_id=viewing.request_id,
        )  # fmt: skip
        _audit(replace(viewing, purpose=asking.purpose), row.seq, "asked", "asked_for", asking.why)
    return int(row.seq)


def authorisers(viewing: Viewing) -> list[Viewer]:
    """Whose leave the viewer may ask for: workers of the same agency, which answers for the list, whose role may give it; never the viewer's own."""
    may = access.workers_who_may(what=AUTHORISE, agency=viewing.viewer.agency)
    return [one for one in may if one.user_id != viewing.viewer.user_id]


def _check_asking(viewing: Viewing, asking: Asking, most: Limits, today: date) -> None:
    if not (asking.whose_list.strip() and asking.why.strip()):
        raise ScreeningRefused(
            N_("Say whose list it is, and why it is screened."), remedy=N_("Others will read it.")
        )
    if asking.purpose not in most.purposes:
        raise ScreeningRefused(
            N_("No list is screened for this purpose."),
            remedy=Sentence(N_("Use one of %(known)s."), {"known": ", ".join(most.purposes)}),
        )
    if asking.authoriser not in {one.user_id for one in authorisers(viewing)}:
        raise ScreeningRefused(
            N_("Somebody else of your agency whose role gives leave has to be named."),
            remedy=N_("Choose one of those who are offered."),
        )
    if not today <= asking.last_day <= most.last_day(today):
        raise ScreeningRefused(
            Sentence(N_("Hits are shown for %(days)s days at most."), {"days": str(most.hits_days)}),
            remedy=Sentence(N_("Choose a day up to %(last)s."), {"last": most.last_day(today).isoformat()}),
        )
    if not 0 < len(asking.entries) <= most.rows:
        raise ScreeningRefused(
            Sentence(N_("A screening takes 1 to %(most)s rows."), {"most": str(most.rows)}),
            remedy=N_("Send those that are needed and no others."),
        )


def the_one(viewing: Viewing, number: int) -> Standing:
    """A screening that the viewer asked for or was named to give leave to. Raises NothingToShow: in the same words whether there is none, or it is somebody
    else's."""
    found = standing.one(viewing, number)
    if found is None:
        raise NothingToShow(
            N_("There is no screening of that number, or it is somebody else's."),
            remedy=N_("Go back to the list of screenings."),
        )
    return found


def check_leave(viewing: Viewing, found: Standing) -> None:
    """Raise ScreeningRefused unless the viewer may say now whether it goes on: the one who was named, and never whoever asked."""
    if viewing.viewer.user_id != found.authoriser or viewing.viewer.user_id == found.asked_by:
        raise ScreeningRefused(
            N_("Only the person who was named gives or refuses leave."), remedy=N_("Tell that person.")
        )
    if found.state != ASKED:
        raise ScreeningRefused(
            N_("It does not wait for leave any more."), remedy=N_("Look at the list of screenings again.")
        )


def run(viewing: Viewing, build: Build, area: Area, found: Standing) -> int:
    """Hold the list once against what its asker may see, discard what hits nothing, and return how many rows hit. All or nothing of it happens, but that the
    list is gone."""
    if viewing.viewer.user_id != found.asked_by or found.state != AUTHORISED:
        raise ScreeningRefused(
            N_("It cannot be run: it has no leave yet, was run already, or is not yours."),
            remedy=N_("Look at the list of screenings again."),
        )
    entries = keeping.waiting_list(area, found.number)
    if entries is None:
        raise ScreeningRefused(N_("The list is not kept any more."), remedy=N_("Ask again, with the list."))
    today = limits(london_day(viewing.at))
    hits = screened(sight(viewing, build), entries, most=today.candidates)
    told = dict.fromkeys((one.kind, one.key) for hit in hits for one in hit.found)
    with transaction.atomic():
        _step(viewing, found.number, RUN, hit_count=len(hits))
        _audit(viewing, found.number, "run", "run", told=subjects(told))
        # The last thing before it is so: should that fail, it is not run, and the list is gone rather than kept.
        keeping.keep_hits(area, found.number, hits)
    return len(hits)


def subjects(told: Iterable[tuple[str, str]]) -> list[str]:
    """How the log names whom and what was found."""
    return [key if kind == PERSON else f"{kind}:{code_of(kind, key)}" for kind, key in told]


def say(viewing: Viewing, found: Standing, says: str, reason: str = "") -> None:
    """Keep one word on a screening, with its reason; the log says it too."""
    with transaction.atomic():
        _step(viewing, found.number, says, reason.strip())
        _audit(viewing, found.number, says, says, reason)


def _step(
    viewing: Viewing, number: int, says: str, reason: str = "", *, hit_count: int | None = None
) -> None:
    """One more row. Whoever says something at the same moment comes after."""
    Screening.objects.select_for_update().get(pk=number)
    _check_still(number, says)
    who = viewing.viewer
    ScreeningStep.objects.create(
        screening=number, says=says, reason=reason, hit_count=hit_count, said_by=who.user_id, said_by_name=who.name, agency=who.agency,
        said_at=viewing.at, request_id=viewing.request_id,
    )  # fmt: skip


def _check_still(number: int, says: str) -> None:
    """What was said meanwhile may have ended it."""
    said = set(ScreeningStep.objects.filter(screening=number).values_list("says", flat=True))
    if said & {"refused", "withdrawn", says}:
        raise ScreeningRefused(
            N_("It has ended, or that was said already."), remedy=N_("Look at the list of screenings again.")
        )


def _audit(
    viewing: Viewing, number: int, action: str, decision: str, why: str = "", told: list[str] | None = None
) -> None:
    subject = ",".join((f"screening {number}", *(told or ())))
    fields = ["name", "birth", "phone", "plate"] if told is not None else ["purpose", "reason"]
    governance.record_decision(
        viewing=viewing, action=f"screening.{action}", subject=subject, fields=fields, decision=decision, why=why
    )  # fmt: skip

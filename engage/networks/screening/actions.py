"""The writing door of screenings: asked for by one person, given leave by another in a session of their own, run once, withdrawn, cleared."""

from __future__ import annotations

from dataclasses import replace

from engage.governance import actions as governance
from engage.networks.screening import clearing, deciding, keeping
from engage.networks.screening.deciding import AUTHORISE, SCREEN, Asking, ScreeningRefused
from engage.picture.exporting import CannotWrite
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_


__all__ = [
    "Asking",
    "ScreeningRefused",
    "ask_to_screen",
    "authorise_screening",
    "clear_screenings",
    "refuse_screening",
    "run_screening",
    "withdraw_screening",
]
NOT_KEPT = N_("The list could not be kept.")


def ask_to_screen(*, viewing: Viewing, area: Area, asking: Asking) -> int:
    """Keep that a list is to be screened, and the list until it is; return the number. Nothing is looked for yet. Audited. Raises MayNotDo, ScreeningRefused,
    CannotWrite: then it is withdrawn again."""
    governance.check_may(viewing=viewing, what=SCREEN, subject="list")
    clearing.clear(viewing, area)
    number = deciding.ask(viewing, asking)
    try:
        keeping.keep_list(area, number, asking.entries)
    except CannotWrite:
        deciding.say(viewing, deciding.the_one(viewing, number), "withdrawn", NOT_KEPT)
        raise
    return number


def authorise_screening(*, viewing: Viewing, area: Area, number: int) -> None:
    """Give leave, as the person who was named and is not the one who asked. Audited. Raises MayNotDo, NothingToShow, ScreeningRefused."""
    _say_of_leave(viewing, area, number, "authorised", "")


def refuse_screening(*, viewing: Viewing, area: Area, number: int, reason: str) -> None:
    """Refuse leave, with a reason; the list is removed at once. Audited. Raises MayNotDo, NothingToShow, ScreeningRefused."""
    _check_reason(reason)
    _say_of_leave(viewing, area, number, "refused", reason)
    clearing.remove(viewing, area, number)


def run_screening(*, viewing: Viewing, build: Build, area: Area, number: int) -> int:
    """Hold the list against what its asker may see today, for the purpose that it was asked for; return how many rows hit. All others are gone. Audited. Raises
    MayNotDo, NothingToShow, ScreeningRefused, CannotWrite."""
    governance.check_may(viewing=viewing, what=SCREEN, subject=f"screening {number}")
    clearing.clear(viewing, area)
    found = deciding.the_one(viewing, number)
    now = replace(viewing, purpose=found.purpose, as_of=build.info.as_of)
    return deciding.run(now, build, area, found)


def withdraw_screening(*, viewing: Viewing, area: Area, number: int, reason: str) -> None:
    """End a screening before its day, as whoever asked or whoever gives leave, with a reason; list and hits are removed at once. Audited. Raises NothingToShow,
    ScreeningRefused."""
    _check_reason(reason)
    clearing.clear(viewing, area)
    found = deciding.the_one(viewing, number)
    if not found.is_kept:
        raise ScreeningRefused(
            N_("It has ended already."), remedy=N_("Look at the list of screenings again.")
        )
    deciding.say(viewing, found, "withdrawn", reason)
    clearing.remove(viewing, area, number)


def clear_screenings(*, viewing: Viewing, area: Area) -> int:
    """Remove what is kept of screenings that have ended; return of how many. For whoever runs the area: it shows nothing. Audited."""
    return clearing.clear(viewing, area)


def _say_of_leave(viewing: Viewing, area: Area, number: int, says: str, reason: str) -> None:
    governance.check_may(viewing=viewing, what=AUTHORISE, subject=f"screening {number}")
    clearing.clear(viewing, area)
    found = deciding.the_one(viewing, number)
    deciding.check_leave(viewing, found)
    deciding.say(replace(viewing, purpose=found.purpose), found, says, reason)


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise ScreeningRefused(N_("Say why: others will read it."), remedy=N_("Write a reason."))

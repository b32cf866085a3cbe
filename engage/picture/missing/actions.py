"""The writing door: somebody checked something while a child was missing, or strikes what they wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from engage.governance import actions as governance
from engage.governance import queries as access
from engage.picture.missing import queries
from engage.picture.models import MissingCheck
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_, EngageError


# What may be checked, and what came of it, with how each is said.
CHECKED = {
    "address": N_("Address"),
    "phone": N_("Phone"),
    "hospital": N_("Hospital"),
    "agency": N_("Partner agency"),
    "person": N_("Friend, relative or other person"),
    "place": N_("Place"),
    "online": N_("Online account"),
    "other": N_("Something else"),
}
RESULTS = {
    "not_found": N_("Not there"),
    "found": N_("Found"),
    "no_answer": N_("No answer"),
    "waiting": N_("Asked, waiting for an answer"),
}


class CheckRefused(EngageError):
    """The check cannot be kept, or not be struck, as asked."""


@dataclass(frozen=True)
class Checked:
    """What somebody checked: a code of CHECKED, which one, a code of RESULTS, when, and a note ("" for none)."""

    what: str
    subject: str
    result: str
    at: datetime
    note: str = ""


def record_check(*, viewing: Viewing, build: Build, report: str, checked: Checked, child: str = "") -> int:
    """Keep what was checked about the child of a report (`child` as in `queries.episode`), as the worker's own agency's; return its number. Audited.

    Raises MayNotDo, EpisodeNotShown when the worker may see nothing of it, CheckRefused.
    """
    access.check_can(viewer=viewing.viewer, what="record")
    listed = queries.episode(viewing=viewing, build=build, report=report, child=child)
    _check(checked, viewing)
    who = viewing.viewer
    with transaction.atomic():
        made = MissingCheck.objects.create(
            report=listed.report, person_record_id=listed.record_id, what=checked.what, subject=checked.subject.strip(),
            result=checked.result, note=checked.note.strip(), agency=who.agency, checked_by=who.user_id, checked_by_name=who.name,
            checked_at=checked.at, recorded_at=viewing.at,
        )  # fmt: skip
        governance.record_decision(
            viewing=viewing,
            action="missing.checked",
            subject=listed.person_id,
            fields=["what", "subject", "result", "note"],
            decision="recorded",
        )
    return int(made.pk)


def strike_check(
    *, viewing: Viewing, build: Build, report: str, number: int, reason: str, child: str = ""
) -> None:
    """Strike a check of the worker's own agency, with a reason; the row stays. Audited. Raises MayNotDo, EpisodeNotShown, CheckRefused."""
    access.check_can(viewer=viewing.viewer, what="record")
    listed = queries.episode(viewing=viewing, build=build, report=report, child=child)
    shown = next((one for one in listed.checks if one.number == number), None)
    if shown is None or shown.agency != viewing.viewer.agency or shown.is_struck:
        raise _none_stands()
    if not reason.strip():
        raise CheckRefused(N_("Say why it is struck."), remedy=N_("Write a reason."))
    with transaction.atomic():
        changed = MissingCheck.objects.filter(pk=number, struck_at=None).update(
            struck_at=viewing.at, struck_by=viewing.viewer.user_id, struck_reason=reason.strip()
        )
        # Only one of two that strike it at the same moment finds it standing, and on an earlier day it stands to the eye alone.
        if changed != 1:
            raise _none_stands()
        governance.record_decision(
            viewing=viewing,
            action="missing.check_struck",
            subject=listed.person_id,
            fields=["struck_reason"],
            decision="withdrawn",
            why=reason.strip(),
        )


def _none_stands() -> CheckRefused:
    return CheckRefused(
        N_("There is no check of that number that your agency wrote and that still stands."),
        remedy=N_("Look at the list of checks again."),
    )


def _check(checked: Checked, viewing: Viewing) -> None:
    if checked.what not in CHECKED or checked.result not in RESULTS or not checked.subject.strip():
        raise CheckRefused(
            N_("Say what was checked, which one, and what came of it."), remedy=N_("Fill in all three.")
        )
    if checked.at > viewing.at:
        raise CheckRefused(N_("That moment is yet to come."), remedy=N_("Write when it was checked."))

"""Who is not to be given an action, because they are left out of what it is about?

Whoever has an action of a case takes part in the case and reads it. Who is left out of a meeting's case is given none that this meeting agreed, and who is left out with a seal none of the case. Whoever asks
for themselves, for their own agency, or for a body that theirs is reached for, is not refused because of it: the refusal would tell them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from engage.casework.tasks.models import AgreedAction, KeptOut
from engage.casework.tasks.rules import Owner, is_body
from engage.vocabulary.access import Viewer


# A case (None: none), and the meeting that agrees the action (None: none does).
Of = tuple[int | None, int | None]


def is_kept_out(viewer: Viewer, owner: Owner, of: Of, *, has_it: str = "") -> bool:
    """The owner is not to be given an action of that case and meeting by this viewer. `has_it`: the agency that has the action already."""
    asks = {viewer.agency, has_it}
    return any(_is_meant(row, owner) and not _is_own(row, owner, viewer, asks) for row in _rows(of))


def agencies_kept_out(case: int) -> frozenset[str]:
    """The agencies that are left out of a case with a seal."""
    rows = KeptOut.objects.filter(case=case, is_of_case=True, user_name="", holder="")
    return frozenset(rows.values_list("agency", flat=True))


def workers_kept_out(case: int) -> frozenset[str]:
    """The workers, by sign-in name, who are left out of a case by name and with a seal."""
    rows = KeptOut.objects.filter(case=case, is_of_case=True).exclude(user="")
    return frozenset(rows.values_list("user", flat=True))


def left_out_with_seal(some: Collection[tuple[int, int]]) -> dict[tuple[int, int], tuple[set[str], set[str]]]:
    """Of these meetings and cases of theirs, each from which somebody is left out with a seal: the agencies, and the workers by sign-in name. A body hears nothing by itself."""
    found: dict[tuple[int, int], tuple[set[str], set[str]]] = {}
    rows = (
        KeptOut.objects.filter(meeting__in={meeting for meeting, _case in some}, is_of_case=True, holder="")
        if some
        else ()
    )
    for row in rows:
        of = row.meeting, row.case or 0
        if of in some and (row.user or not row.user_name):
            agencies, users = found.setdefault(of, (set(), set()))
            (users if row.user else agencies).add(row.user or row.agency)
    return found


def _rows(of: Of) -> QuerySet[KeptOut]:
    case, meeting = of
    theirs = Q(meeting=meeting, case=case)
    return KeptOut.objects.filter(theirs if case is None else theirs | Q(case=case, is_of_case=True))


def _is_meant(row: KeptOut, owner: Owner) -> bool:
    """What is said of an agency is said of all of it; what is said of a worker of that one alone, also where an action names them without their sign-in name; what is said of a body of whatever is to be
    done in its name, whichever agency is asked to see to it."""
    if row.holder:
        return is_body(row.holder, owner.name)
    if row.agency != owner.agency:
        return False
    if not row.user_name:
        return True
    named = row.user_name.casefold() == owner.name.strip().casefold()
    return row.user == owner.user if row.user and owner.user else named


def _is_own(row: KeptOut, owner: Owner, viewer: Viewer, asks: Collection[str]) -> bool:
    if row.holder:
        return row.agency == viewer.agency
    return owner.user == viewer.user_id if row.user_name else owner.agency in asks


def without_kept_from(user: str, rows: QuerySet[AgreedAction]) -> QuerySet[AgreedAction]:
    """These actions without what a meeting agreed on something that this worker is left out of by name, unless it is theirs to do."""
    for meeting, case in _out_of(user):
        rows = rows.exclude(Q(meeting=meeting, case=case) & ~Q(owner=user))
    return rows


def kept_from(user: str, rows: Iterable[AgreedAction]) -> frozenset[int]:
    """The numbers of those of these actions of which that worker is told nothing, for the same reason."""
    out = set(_out_of(user))
    return frozenset(row.seq for row in rows if (row.meeting, row.case) in out and row.owner != user)


def _out_of(user: str) -> list[tuple[int, int | None]]:
    return list(KeptOut.objects.filter(user=user).values_list("meeting", "case")) if user else []

"""Who is not to be given an action, because they are left out of what it is about?

Whoever has an action of a case takes part in the case and reads it. Who is left out of a meeting's case is given none that this meeting agreed, and who is left out with a seal none of the case. Whoever asks
for themselves, for their own agency, or for a body that theirs is reached for, is not refused because of it: the refusal would tell them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from django.db.models import Q, QuerySet

from engage.casework.tasks.models import AgreedAction, KeptOut
from engage.casework.tasks.rules import Owner, is_body
from engage.vocabulary.access import Viewer


# A case (None: none), and the meeting that agrees the action (None: none does).
Of = tuple[int | None, int | None]

# By meeting and case of which a worker is to learn nothing, by what an action of it is theirs all the same.
OutOf = Mapping[tuple[int | None, int | None], Mapping[str, str]]


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


class Out(NamedTuple):
    """Who is left out of a case of a meeting with a seal: agencies, and workers by sign-in name; and who stays, whatever their agency is left out of."""

    agencies: frozenset[str]
    users: frozenset[str]
    stays: frozenset[str]

    def is_for(self, viewer: Viewer) -> bool:
        """That worker is meant."""
        is_of_agency = viewer.agency in self.agencies and viewer.user_id not in self.stays
        return is_of_agency or viewer.user_id in self.users


def left_out_with_seal(some: Collection[tuple[int, int | None]]) -> dict[tuple[int, int | None], Out]:
    """Of these meetings and cases of theirs, each from which somebody is left out with a seal. A body hears nothing by itself."""
    found: dict[tuple[int, int | None], Out] = {}
    rows = KeptOut.objects.filter(meeting__in={meeting for meeting, _case in some}, is_of_case=True, holder="") if some else ()  # fmt: skip
    for row in rows:
        if (of := (row.meeting, row.case)) in some and (row.user or not row.user_name):
            before = found.get(of, Out(frozenset(), frozenset(), frozenset()))
            agencies, users = ((), (row.user,)) if row.user else ((row.agency,), ())
            found[of] = Out(before.agencies.union(agencies), before.users.union(users), before.stays.union(row.stays.split(",")) - {""})  # fmt: skip
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


def without_kept_from(out: OutOf, rows: QuerySet[AgreedAction]) -> QuerySet[AgreedAction]:
    """These actions without what a meeting agreed on something that a worker is left out of, unless it is theirs to do."""
    for (meeting, case), theirs in out.items():
        rows = rows.exclude(Q(meeting=meeting, case=case) & ~Q(**theirs))
    return rows


def kept_from(out: OutOf, rows: Iterable[AgreedAction]) -> frozenset[int]:
    """The numbers of those of these actions of which that worker is told nothing, for the same reason."""
    found = ((row.seq, row, out[row.meeting, row.case]) for row in rows if (row.meeting, row.case) in out)
    return frozenset(seq for seq, row, theirs in found if any(getattr(row, key) != one for key, one in theirs.items()))  # fmt: skip


def keeps_from(viewer: Viewer, case: int) -> frozenset[int]:
    """The meetings of which this worker is to learn nothing in a case: they, or their agency, are left out of it there with a seal."""
    out = left_out_with_seal(
        set(KeptOut.objects.filter(case=case, is_of_case=True).values_list("meeting", "case"))
    )
    return frozenset(meeting for (meeting, _case), one in out.items() if one.is_for(viewer))


def out_of(viewer: Viewer) -> OutOf:
    """What a worker is left out of by name, or their agency with a seal."""
    who = Q(user=viewer.user_id) if viewer.user_id else Q(pk__in=())
    whole = (
        Q(agency=viewer.agency, user_name="", holder="", is_of_case=True) if viewer.agency else Q(pk__in=())
    )
    rows = KeptOut.objects.filter(who | whole).order_by("user")
    return {
        (row.meeting, row.case): {"owner": viewer.user_id} if row.user else {"agency": viewer.agency}
        for row in rows
        if row.user or viewer.user_id not in row.stays.split(",")
    }

"""Who is given a case, and who takes part in it from then on?"""

from __future__ import annotations

from datetime import datetime

from engage.casework.cases import writing
from engage.casework.cases.models import Case
from engage.casework.cases.parts import parts_of
from engage.casework.cases.rules import LEAD, TEAM, WORKER, Head, Leaving, MoveRefused, Part, Written
from engage.casework.cases.seeing import Desk
from engage.casework.tasks import kept_out
from engage.governance import queries as access
from engage.store.area import Area
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_, Sentence


# The forms by which a case is given to a worker.
NAMES_A_WORKER = ("allocation", "new_worker")


def check_worker(desk: Desk, head: Head, written: Written | None) -> None:
    """Nobody is given a case about whom or what they declared a relationship to, or that they are left out of with a seal. The sentence does not say that this is why. Raises MoveRefused."""
    if written is None or written.form not in NAMES_A_WORKER:
        return
    user = str(written.answers["worker"])
    if desk.is_kept_from(user, head) or _is_left_out(desk, head, user, str(written.answers["lead"])):
        named = access.viewer_named(user)
        raise MoveRefused(
            Sentence(N_("%(who)s cannot be given this."), {"who": named.name}),
            remedy=N_("Choose somebody else."),
        )


def _is_left_out(desk: Desk, head: Head, user: str, lead: str) -> bool:
    """They, their agency or the one that is to lead are left out of the case with a seal. Whoever asks for themselves or their own agency is not told so."""
    mine = desk.see.viewing.viewer
    agencies = {access.viewer_named(user).agency, lead} - {mine.agency}
    return bool(
        agencies & kept_out.agencies_kept_out(head.number)
        or {user} - {mine.user_id} & kept_out.workers_kept_out(head.number)
    )


def check_brought_in(viewing: Viewing, case: int, agency: str) -> None:
    """No agency is brought into a case that it is left out of with a seal. The sentence does not say that this is why. Raises MoveRefused."""
    if agency != viewing.viewer.agency and agency in kept_out.agencies_kept_out(case):
        raise MoveRefused(
            N_("This agency cannot be brought into the case."),
            remedy=N_("Choose another agency. Whoever leads the case can be asked."),
        )


def follow(viewing: Viewing, area: Area, row: Case, written: Written | None) -> None:
    """What a move changes besides the state: whoever is given a case has it, and their agency and the one that leads take part from now on. Those that did so before
    stay part of the team, until somebody lets them leave."""
    if written is None or written.form not in NAMES_A_WORKER:
        return
    named = access.viewer_named(str(written.answers["worker"]))
    theirs, lead = area.agency(named.agency).code, area.agency(str(written.answers["lead"])).code
    before = parts_of([row.seq], viewing.at).get(row.seq, ())
    writing.change_head(row, worker=named.user_id, worker_name=named.name, agency=lead)
    for part, agency, user in ((WORKER, theirs, named.user_id), (LEAD, lead, "")):
        for one in before:
            if one.part == part and one.agency != agency:
                writing.join(viewing, row.seq, one.agency, part, is_joined=False)
                writing.join(viewing, row.seq, one.agency, TEAM)
        writing.join(viewing, row.seq, agency, part, user=user)


def part_to_end(head: Head, at: datetime, which: Leaving) -> Part:
    """The part of an agency that somebody wants to end. Raises MoveRefused."""
    standing = parts_of([head.number], at).get(head.number, ())
    found = next((one for one in standing if Leaving(one.agency, one.part, one.reason) == which), None)
    if found is None:
        raise MoveRefused(N_("This agency does not take part so."), remedy=N_("Look at who takes part."))
    if (found.part == LEAD and found.agency == head.agency) or (
        found.part == WORKER and found.user == head.worker
    ):
        raise MoveRefused(
            N_("Whoever leads a case or has its named worker cannot leave it."),
            remedy=N_("Allocate it to somebody else first."),
        )
    return found

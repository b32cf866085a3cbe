"""How does a build follow what was judged or taken back while it was being made?

It is done in the transaction of the swap. A kill between the two leaves a build that is served and does not follow: that it did is in the
audit log, so whoever judges next, or opens the site, does it then. To do it twice changes nothing.
"""

from __future__ import annotations

from datetime import datetime

from engage.governance import queries as governance
from engage.governance.actions import record_decision
from engage.identities import assignments
from engage.identities.judging import forming, standing
from engage.identities.judging.forming import Because
from engage.identities.judging.locking import one_at_a_time
from engage.identities.judging.standing import Changed
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day


_ACTION = "identities.settle"


def settle(build: Build, *, at: datetime, by: str = "") -> int:
    """In a transaction: have a build that is served follow what was judged or taken back while it was being made; return how many
    records moved. Audited, as done by the operator `by`."""
    one_at_a_time()
    moved: set[str] = set()
    for change in _changes(build):
        cause = assignments.TAKEN_BACK if change.is_taken_back else assignments.JUDGED
        because = Because(change.judgement, change.why, max(at, change.at), cause)
        moved |= forming.follow(build, forming.grouped(build, change.pair), because).keys()
    record_decision(
        viewing=by_machine(build.info.build_id, at=at, by=by), action=_ACTION, subject=build.info.build_id, fields=["person_id"],
        decision="given", why=f"{len(moved)} moved",
    )  # fmt: skip
    return len(moved)


def catch_up(build: Build, *, at: datetime) -> int:
    """In a transaction: `settle`, unless this build was settled, or nothing was judged since it was begun."""
    if "judgement" not in build.info.watermarks or standing.last() == _marks(build):
        return 0
    one_at_a_time()
    if governance.was_decided(action=_ACTION, subject=build.info.build_id):
        return 0
    return settle(build, at=at)


def by_machine(build_id: str, *, at: datetime, by: str) -> Viewing:
    """The viewing of what a build does by itself."""
    operator = governance.operator(name=by)
    return Viewing(viewer=operator, purpose="data_quality", at=at, as_of=london_day(at), request_id=build_id)


def _marks(build: Build) -> tuple[int, int]:
    """The last judgement and the last withdrawal that the build took in."""
    return build.info.watermarks.get("judgement", 0), build.info.watermarks.get("withdrawal", 0)


def _changes(build: Build) -> list[Changed]:
    """What the build did not take in; of a pair that was judged several times, the last: its effect is what is followed."""
    return list(
        {(change.pair, change.is_taken_back): change for change in standing.since(*_marks(build))}.values()
    )

"""The reading door of return home interviews: one return, and all that was written of a child's. One call, one line in the log."""

from __future__ import annotations

from engage.casework.cases.deciding import person_seen
from engage.casework.cases.rules import EntryShown
from engage.casework.returns import finding
from engage.casework.returns.rules import Return
from engage.governance import actions as governance
from engage.picture.seeing import sight
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


__all__ = ["Return", "interviews", "one_return"]


def one_return(*, viewing: Viewing, build: Build, report: str, child: str = "") -> Return:
    """One time from which a child came back, with what is due and what was written. Audited. Raises EpisodeNotShown."""
    found = finding.found(sight(viewing, build), report, child)
    governance.record_view(
        viewing=viewing, action="return.view", subject=found.person_id, fields=["missing", "return_interview"], decision="allow"
    )  # fmt: skip
    return found


def interviews(*, viewing: Viewing, build: Build, person_id: str) -> tuple[EntryShown, ...]:
    """All that was written of return home interviews of a child, oldest first. Audited. Raises CaseNotShown."""
    see = sight(viewing, build)
    subject = person_seen(see, person_id)
    found = finding.written(see, subject)
    governance.record_view(
        viewing=viewing, action="return.interviews", subject=subject, fields=["return_interview"], decision="allow"
    )  # fmt: skip
    return tuple(found)

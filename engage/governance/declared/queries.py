"""The reading door of declared relationships: one's own, those of one's agency, those of all. One call, one line in the log."""

from __future__ import annotations

from engage.governance import actions as governance
from engage.governance import queries as access
from engage.governance.declared.rules import END_ANOTHERS, Declared
from engage.governance.models import DeclaredRelationship
from engage.governance.relationships import standing
from engage.vocabulary.access import Viewing


__all__ = ["Declared", "mine", "of_agency", "of_all"]


def mine(*, viewing: Viewing) -> tuple[Declared, ...]:
    """What the viewer declared, newest first, with what was ended. Audited."""
    return _read(viewing, "mine", user=viewing.viewer.user_id)


def of_agency(*, viewing: Viewing) -> tuple[Declared, ...]:
    """What workers of the viewer's agency declared, for a manager. Audited. Raises MayNotDo."""
    governance.check_may(viewing=viewing, what=END_ANOTHERS, subject="relationships")
    return _of_others(viewing, _read(viewing, "agency", agency=viewing.viewer.agency))


def of_all(*, viewing: Viewing) -> tuple[Declared, ...]:
    """What everybody declared, for information governance. Audited. Raises MayNotSee."""
    access.check_may_audit(viewing=viewing, action="relationships.read", subject="all")
    return _of_others(viewing, _made())


def _of_others(viewing: Viewing, found: tuple[Declared, ...]) -> tuple[Declared, ...]:
    """Without what others declared of somebody to whom the viewer did as well: of these they see nothing, here neither."""
    user = viewing.viewer.user_id
    mine = {(one.kind, one.key) for one in standing(user)}
    return tuple(one for one in found if one.user == user or (one.kind, one.key) not in mine)


def _read(viewing: Viewing, whose: str, **which: str) -> tuple[Declared, ...]:
    found = _made(**which)
    governance.record_view(
        viewing=viewing, action="relationships.list", subject=whose, fields=["relationship"], decision="allow"
    )
    return found


def _made(**which: str) -> tuple[Declared, ...]:
    rows = DeclaredRelationship.objects.filter(**which).order_by("-pk")
    return tuple(
        Declared(
            row.pk, row.user, row.agency, row.kind, row.key, row.called or "", row.nature, row.since or "", row.declared_at, row.ended_at, row.ended_by, row.ended_reason,
        )
        for row in rows
    )  # fmt: skip

"""How does the audit log come to hold every view and every decision?

Each view of personal data and each decision writes its audit row here, in the transaction of what it is about. If the row
cannot be written the door that called raises, and nothing is shown or changed. Tamper evidence (a chained digest, and
checkpoints that leave the machine) is a later issue's: it belongs in `_write`.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from engage.governance.models import AuditEvent
from engage.vocabulary.access import Viewing


class NotInTransaction(Exception):
    """A decision's audit row was asked for outside the decision's own transaction: a bug."""


def record_view(
    *, viewing: Viewing, action: str, subject: str, fields: Sequence[str], decision: str, why: str = ""
) -> None:
    """Write that somebody looked: `action` is a word like person.view, `fields` the names of what was shown."""
    with transaction.atomic():
        _write(viewing, action=action, subject=subject, fields=fields, decision=decision, why=why)


def record_decision(
    *, viewing: Viewing, action: str, subject: str, fields: Sequence[str], decision: str, why: str = ""
) -> None:
    """Write that somebody decided, in the decision's own transaction. Raises NotInTransaction outside one."""
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction(action)
    _write(viewing, action=action, subject=subject, fields=fields, decision=decision, why=why)


def _write(
    viewing: Viewing, *, action: str, subject: str, fields: Sequence[str], decision: str, why: str
) -> None:
    viewer = viewing.viewer
    AuditEvent.objects.create(
        at=viewing.at, actor=viewer.user_id, agency=viewer.agency, role=viewer.role, purpose=viewing.purpose, action=action,
        subject=subject, fields=list(fields), decision=decision, why=why, request_id=viewing.request_id, recorded_at=viewing.at,
    )  # fmt: skip

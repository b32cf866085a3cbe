"""How does the audit log come to hold every view and every decision?

Each view of personal data and each decision writes its audit row here, in the transaction of what it is about. If the row
cannot be written the door that called raises, and nothing is shown or changed. Tamper evidence (a chained digest, and
checkpoints that leave the machine) is a later issue's: it belongs in `_write`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import DatabaseError, connection, transaction

from engage.governance.models import SUBJECT_LENGTH, AuditEvent
from engage.vocabulary.access import Decision, Viewing
from engage.vocabulary.words import N_, EngageError


class AuditNotWritten(EngageError):
    """The audit row could not be written, so nothing may be shown or changed."""

    exit_code = 6


class NotInTransaction(Exception):
    """A decision's audit row was asked for outside the decision's own transaction: a bug."""


def record_view(
    *,
    viewing: Viewing,
    action: str,
    subject: str,
    fields: Sequence[str],
    decision: Decision | str,
    why: str = "",
) -> None:
    """Write that somebody looked: `action` is a word like person.view, `fields` the names of what was shown."""
    with transaction.atomic():
        _write(viewing, None, action, subject, Words(fields, decision, why))


def record_decision(
    *,
    viewing: Viewing,
    action: str,
    subject: str,
    fields: Sequence[str],
    decision: Decision | str,
    why: str = "",
) -> None:
    """Write that somebody decided, in the decision's own transaction. Raises NotInTransaction outside one."""
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction(action)
    _write(viewing, True, action, subject, Words(fields, decision, why))


class Words(NamedTuple):
    """What a row says besides who, what and about whom."""

    fields: Sequence[str]
    decision: Decision | str
    why: str


def _write(viewing: Viewing, decides: bool | None, action: str, subject: str, words: Words) -> None:
    viewer, (fields, decision, why) = viewing.viewer, words
    if isinstance(decision, Decision):
        why = why or decision.rule
        decision = decision.outcome.value
    try:
        for part in _parts(subject):
            _append(
                at=viewing.at, actor=viewer.user_id, agency=viewer.agency, role=viewer.role, purpose=viewing.purpose, action=action,
                subject=part, fields=list(fields), decision=decision, why=why, request_id=viewing.request_id, recorded_at=viewing.at,
                decides=decides,
            )  # fmt: skip
    except DatabaseError as error:
        raise AuditNotWritten(
            N_("This could not be written in the log of who looks at what, so nothing is shown or changed."),
            remedy=N_("Try again in a minute. If it happens again, tell whoever runs the system."),
        ) from error


# Written for every view: in the store's own words, since the mapper takes longer to put them together than the store to write.
_COLUMNS = [field for field in AuditEvent._meta.concrete_fields if not field.primary_key]  # noqa: SLF001
_APPEND = (
    f"insert into {AuditEvent._meta.db_table} ({', '.join(str(field.column) for field in _COLUMNS)}) "  # noqa: SLF001
    f"values ({', '.join(['%s'] * len(_COLUMNS))})"
)


def _append(**row: Any) -> None:
    """One line of the log, every column of it."""
    values = [field.get_db_prep_save(row[field.attname], connection) for field in _COLUMNS]
    with connection.cursor() as cursor:
        cursor.execute(_APPEND, values)


def decided_so_far() -> int | None:
    """The number of the last decision of all (0 before the first). As long as it is the same, nothing was decided, and so nothing that people decide has changed: every decision
    has its row in its own transaction. None where that cannot be told: within a transaction, which may be undone, or while others are being written, whose numbers may be lower.
    """
    if connection.in_atomic_block:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_SO_FAR.get(connection.vendor, _SO_FAR["sqlite"]))
        last, is_settled = cursor.fetchone()
    return int(last) if is_settled else None


# SQLite has one writer, so that rows are seen in the order of their numbers. On PostgreSQL whoever has written a row holds this lock until it can be seen.
_TABLE = AuditEvent._meta.db_table  # noqa: SLF001
_LAST = f"select coalesce(max(id), 0) from {_TABLE} where decides"
_WRITING = (
    f"select from pg_locks where relation = '{_TABLE}'::regclass and mode = 'RowExclusiveLock' "
    "and database = (select oid from pg_database where datname = current_database())"
)
_SO_FAR = {
    "sqlite": f"select ({_LAST}), 1",
    "postgresql": f"select ({_LAST}), not exists ({_WRITING})",
}


def _parts(subject: str) -> list[str]:
    """A subject of so many that they have no room in one row, in several: nobody of them is left out."""
    parts: list[str] = []
    for one in subject.split(","):
        if parts and len(parts[-1]) + 1 + len(one) <= SUBJECT_LENGTH:
            parts[-1] += "," + one
        else:
            parts.append(one[:SUBJECT_LENGTH])
    return parts

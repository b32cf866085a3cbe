"""How do judgements, and the ids of a build, come one after the other? Each reads whose every record is before it writes, so two at
once would each miss what the other wrote."""

from __future__ import annotations

from django.db import connection


# Any number that nothing else locks by: "engage" in letters of the alphabet.
_KEY = 5_147_175


def one_at_a_time() -> None:
    """In a transaction: wait until nobody else changes whose records are whose, and keep others waiting until it ends.

    On SQLite every writing transaction is alone from its beginning. On PostgreSQL what is read after this is what the one before
    left, because each statement there sees what was committed before it.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [_KEY])

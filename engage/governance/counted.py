"""What was counted by address (tries at signing in, pages of partners) and counts no more is not kept: it tells who came from where."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.utils.timezone import now


def clear_counted() -> int:
    """Remove what counts no more; return how many rows. The cache itself does so only once it is full, which it never is."""
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    with connection.cursor() as cursor:
        cursor.execute(f"delete from {table} where expires < %s", [connection.ops.adapt_datetimefield_value(now())])  # fmt: skip
        return int(cursor.rowcount)

"""How is a list narrowed to the cases in which an agency takes part, and by agency, however many cases there are?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, F, Manager, Max, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from engage.casework.cases.models import CasePart


# An agency that takes part in so many cases is in many.
IN_MANY = 2_000


def rows_of(agency: str, at: datetime) -> QuerySet[CasePart]:
    """What was said of the parts of an agency in cases. An ending that lies ahead does not count yet."""
    return CasePart.objects.filter(Q(from_at=None) | Q(from_at__lte=at), agency=agency).order_by()


def is_in_many(rows: QuerySet[CasePart]) -> bool:
    """Whether so many parts are an agency's that to look them up first takes longer than to ask each row of a list."""
    return rows[:IN_MANY].count() == IN_MANY


def one_by_one(rows: QuerySet[CasePart], column: str) -> Q:
    """The condition that a row's case (its number is in `column`) has a standing part among these, asked of each row for itself. A part stands by its reason: the last word
    on each counts."""
    later = rows.annotate(reason=_BY, of=_NUMBER).filter(
        case=OuterRef("case"), part=OuterRef("part"), seq__gt=OuterRef("seq"), reason=Coalesce(OuterRef("by"), Value("")),
        of=Coalesce(OuterRef("number"), Value(0)),
    )  # fmt: skip
    return Q(Exists(rows.filter(case=OuterRef(column), is_joined=True).exclude(Exists(later))))


def together(rows: QuerySet[CasePart], column: str) -> Q:
    """The same condition, with all these cases looked up first."""
    last = rows.values("case", "part", "by", "number").annotate(
        last=Max("seq"), joined=Max("seq", filter=Q(is_joined=True))
    )
    return Q(**{f"{column}__in": last.filter(joined=F("last")).values("case")})


_BY, _NUMBER = Coalesce("by", Value("")), Coalesce("number", Value(0))


def agencies_of(rows: Manager[Any]) -> list[str]:
    """Every agency that these rows name, each looked up after the one before it: to go along all rows takes long."""
    table = connection.ops.quote_name(rows.model._meta.db_table)  # noqa: SLF001
    with connection.cursor() as cursor:
        cursor.execute(_AFTER_EACH_OTHER.format(table=table))
        return [code for (code,) in cursor.fetchall()]


_AFTER_EACH_OTHER = """
    with recursive named(code) as (
        select min(agency) from {table}
        union all select (select min(agency) from {table} where agency > named.code) from named where named.code is not null
    )
    select code from named where code is not null
"""

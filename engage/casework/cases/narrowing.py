"""How is a list narrowed to the cases in which an agency takes part, and by agency, however many cases there are?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F, Manager, Q, QuerySet

from engage.casework.cases.conditions import Condition
from engage.casework.cases.models import CasePart


# An agency that takes part in so many cases is in many.
IN_MANY = 2_000
_FEW = 300


def is_in_many(agency: str) -> bool:
    """Whether so many parts are an agency's that to look them up first takes longer than to ask each row of a list."""
    return CasePart.objects.filter(agency=agency)[:IN_MANY].count() == IN_MANY


def one_by_one(agency: str, at: datetime, column: str) -> Q:
    """The condition that an agency takes part in a row's case (its number is in `column`) at this moment and not only as who referred, asked of each row for itself. A part stands by its reason: the last word
    on each counts, and an ending that lies ahead does not count yet."""
    return Q(Condition(_ONE_BY_ONE, case=F(column), agency=agency, at=at))


def together(agency: str, at: datetime, column: str) -> Q:
    """The same condition, with all these cases looked up first."""
    return Q(Condition(_TOGETHER, case=F(column), agency=agency, at=at))


_ONE_BY_ONE = """exists (
    select 1 from cases_casepart said where said.agency = {agency} and said."case" = {case} and said.part <> 'referrer' and said.is_joined and (said.from_at is null or said.from_at <= {at})
    and not exists (
        select 1 from cases_casepart later where later.agency = {agency} and later."case" = said."case" and later.part = said.part and later.seq > said.seq
        and (later.from_at is null or later.from_at <= {at}) and coalesce(later."by", '') = coalesce(said."by", '') and coalesce(later.number, 0) = coalesce(said.number, 0)
    )
)"""
_TOGETHER = """{case} in (
    select said."case" from cases_casepart said where said.agency = {agency} and said.part <> 'referrer' and (said.from_at is null or said.from_at <= {at})
    group by said."case", said.part, said."by", said.number having max(said.seq) = max(case when said.is_joined then said.seq end)
)"""


def few(numbers: QuerySet[Any, Any]) -> list[Any] | None:
    """These numbers, looked up first, where they are so few that they go into a question; None where they are more."""
    found = list(numbers[: _FEW + 1])
    return found if len(found) <= _FEW else None


def none_of(numbers: Iterable[int], column: str) -> Q:
    """The condition that what is in a column, where anything is, is none of these numbers. They stand in the question as they are: each would be put into the store's own form for every list anew."""
    some = ", ".join(str(int(one)) for one in numbers)
    return Q(Condition(f"({{column}} is null or {{column}} not in ({some}))", column=F(column)))


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

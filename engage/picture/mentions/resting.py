"""On which days do records name somebody, and what must a viewer be allowed to see for it? Pieces of SQL.

Rows have `since` and `until`: days (half-open) that are never empty. `rests` lists all that access to them is decided on, each as
"base kind" (a base's number, and the exchange table); who may see all of these may see the row.
"""

from __future__ import annotations

from engage.picture.laying.versions import with_base


ALWAYS, FOR_GOOD = "date '0001-01-01'", "date '9999-01-01'"


def rests(*parts: tuple[str, str]) -> str:
    """A list of what access is decided on, from columns of bases and of kinds; a base that is empty is none."""
    listed = ", ".join(f"{base} || ' ' || {kind}" for base, kind in parts)
    return f"[{listed}]"


def together(*lists: str) -> str:
    """What all of these rest on, each once."""
    return f"list_sort(list_distinct({' || '.join(lists)}))"


def days(a: str) -> str:
    """On which days a version was known."""
    return f"{a}.known_from_on::date as since, coalesce({a}.known_until_on::date, {FOR_GOOD}) as until"


def both(*aliases: str) -> str:
    """On which days all of these held."""
    since, until = (", ".join(f"{a}.{end}" for a in aliases) for end in ("since", "until"))
    return f"greatest({since}) as since, least({until}) as until"


def runs(rows: str, by: str) -> str:
    """Of rows that are alike in `by` those together whose days meet."""
    before = (
        f"over (partition by {by} order by since, until rows between unbounded preceding and 1 preceding)"
    )
    return f"""
        select {by}, min(since) as since, max(until) as until from (
            select *, count(*) filter (is_new) over (partition by {by} order by since, until rows unbounded preceding) as run from (
                select *, coalesce(since > max(until) {before}, true) as is_new from ({rows}) where since < until
            )
        ) group by {by}, run
    """


def adding_days(by: str, order: str = "") -> str:
    """Of rows that are alike in `by`, in an order (else by their days), those whose days no single one before them has all of."""
    by_days = "since, until desc"
    before = f"over (partition by {by} order by {order or by_days} rows between unbounded preceding and 1 preceding)"
    if not order:  # None before begins later.
        return f"coalesce(until > max(until) {before}, true)"
    known = f"list({{'since': since, 'until': until}}) {before}"
    return f"coalesce(len(list_filter({known}, lambda d: d.since <= since and d.until >= until)) = 0, true)"


def ever(table: str, columns: str, kind: str) -> str:
    """What records of a table (`r` in `columns`) say or said, from the day on which a version first did until the record is withdrawn: texts
    go on calling things as they were called. What was said rests on that version, and on how the record is guarded on the day."""
    guarded = together(rests(("s.access_base", f"'{kind}'"), ("t.access_base", f"'{kind}'")))
    return f"""(
        with version as (
            select r.record_id, {columns}, b.access_base, {days("r")} from {table} r {with_base("r")}
        ),
        said as (select * exclude (since, until), min(since) as said_on from version where since < until group by all),
        stood as ({runs("select record_id, access_base, since, until from version", "record_id, access_base")})
        select s.* exclude (said_on, access_base), greatest(s.said_on, t.since) as since, t.until,
            {guarded} as rests
        from said s join stood t on t.record_id = s.record_id and s.said_on < t.until
    )"""

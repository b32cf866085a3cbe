"""How does staged text become typed fields, with what could not be read still beside it?

Dates and times repeat, so each distinct text is read once (`said_day`, `said_time`) and joined back: on three million events that
is the difference between a minute and seconds.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from engage.records import numbers
from engage.records.mapping.entries import ENTRY_FIELDS
from engage.records.staging import stage_columns


_SEX = """case when lower(f_sex) in ('f', 'female', 'girl', 'woman') then 'female' when lower(f_sex) in ('m', 'male', 'boy', 'man') then 'male'
    when lower(f_sex) in ('o', 'x', 'other', 'non-binary') then 'other' end"""
# In a column of dates of birth a bare number is no age.
BORN_AGED = r"case when not regexp_full_match(trim(f_born), '\d{1,2}') then f_born end"
_AGED = (
    f"case when b.from_on is null and ab.from_on is null then coalesce(f_age, f_age_or_born, {BORN_AGED}) end"
)
_SAID = "coalesce(sd.day, received_on)"
# The lowest and the highest age that the source's words allow.
_LOW = f"coalesce(e_age_low({_AGED}, 1), e_age_low(f_about_age, 1) - case when e_is_about(f_about_age) then 0 else 1 end)"
_HIGH = f"coalesce(e_age_high({_AGED}, 1), e_age_high(f_about_age, 1) + case when e_is_about(f_about_age) then 0 else 1 end)"

# By kind: the typed columns, and the joins that they need.
_TYPED: dict[str, tuple[str, str]] = {
    "person": (
        f"""coalesce(f_forename, e_name_forename(f_name)) as forename,
            coalesce(f_middle_names, e_name_middle(f_name)) as middle_names,
            coalesce(f_surname, e_name_surname(f_name)) as surname,
            coalesce(f_name, nullif(concat_ws(' ', f_forename, f_middle_names, f_surname), '')) as full_name,
            coalesce(b.from_on, ab.from_on, ({_SAID} - to_years({_HIGH} + 1) + interval 1 day)::date) as birth_from_on,
            coalesce(b.until_on, ab.until_on, ({_SAID} - to_years({_LOW}) + interval 1 day)::date) as birth_until_on,
            coalesce(b.precision, ab.precision, case when {_LOW} is not null then 'about' else 'unknown' end) as birth_precision,
            coalesce(f_born, f_age_or_born, f_age, f_about_age) as birth_text,
            {_SEX} as sex""",
        "left join said_day b on b.text = f_born left join said_day ab on ab.text = f_age_or_born left join said_day sd on sd.text = f_said_on",
    ),
    "event": (
        """d.from_on as day_from, d.until_on as day_until, d.precision as day_precision, coalesce(t.clock, d.clock) as clock,
            coalesce(ud.day, case when ut.clock is not null then d.day end) as end_day,
            coalesce(ut.clock, ud.clock) as end_clock""",
        (
            "left join said_day d on d.text = f_date left join said_day ud on ud.text = f_until_date "
            "left join said_time t on t.text = f_time left join said_time ut on ut.text = f_until_time"
        ),
    ),
    "relationship": (
        "d.from_on as day_from, ud.from_on as day_until",
        "left join said_day d on d.text = f_date left join said_day ud on ud.text = f_until_date",
    ),
}
_DAYS = ("born", "age_or_born", "said_on", "date", "until_date")
_TIMES = ("time", "until_time")


def read_words(connection: Any) -> None:
    """Read every distinct date and time of day that came, and run the checks over every distinct number."""
    days = [f"select f_{f} from stage_{kind}" for kind, fs in ENTRY_FIELDS.items() for f in _DAYS if f in fs]
    days += [f"select received_text from stage_{kind}" for kind in ENTRY_FIELDS]
    times = [
        f"select f_{f} from stage_{kind}" for kind, fs in ENTRY_FIELDS.items() for f in _TIMES if f in fs
    ]
    connection.execute(
        "create or replace temp table said_day as select text, e_day(london) as day, e_from_on(london) as from_on, "
        "e_until_on(london) as until_on, e_time_within(london) as clock, "
        "case when e_from_on(london) is not null then e_day_precision(london) end as precision "
        f"from (select distinct text, e_london(text) as london from ({' union all '.join(days)}) as said(text) where text is not null)"
    )
    connection.execute(
        f"create or replace temp table said_time as select distinct text, e_time(text) as clock from ({' union all '.join(times)}) as said(text) where text is not null"
    )
    connection.execute(
        "create or replace temp table said_handling as select distinct text, e_handling(text) as handling from "
        f"({' union all '.join(f'select handling_text from stage_{kind}' for kind in ENTRY_FIELDS)}) as said(text) where text is not null"
    )
    numbers.check_all(connection)


def read(connection: Any, *, kind: str, as_of: date) -> None:
    """Make `typed_<kind>` from `stage_<kind>`: received_on and the typed fields, of rows received by `as_of`."""
    columns, joins = _TYPED.get(kind, ("", ""))
    received = (
        "select s.*, least(coalesce(r.day, delivery_on), delivery_on) as received_on, received_on as known_from_on, coalesce(h.handling, '') as handling "
        f"from stage_{kind} s left join said_day r on r.text = received_text left join said_handling h on h.text = handling_text"
    )
    connection.execute(
        f"create or replace temp table typed_{kind} as with staged as ({received}) "
        f"select s.*{', ' + columns if columns else ''} from staged s {joins} where received_on <= $as_of",
        {"as_of": as_of},
    )
    connection.execute(f"drop table stage_{kind}")
    _set_aside(connection, kind)


# What cannot be: nobody is older than the oldest who ever lived in Britain (115 years), nobody born before 1900 is looked for,
# and 1 January 1900 is what a spreadsheet makes of an empty cell. A planned event may lie ahead, but not by more than a year,
# and what these kinds tell of has happened.
_OLDEST = 115
_HAPPENED = "'crime', 'missing', 'found', 'stop', 'domestic', 'absence', 'attendance'"
_BEGINS = "day_from + coalesce(clock, time '00:00')"
_ENDS = "end_day + coalesce(end_clock, time '23:59:59')"
# By kind: the column that says why, what it says, and what is emptied.
_CANNOT_BE = {
    "person": (
        (
            "birth_fault",
            f"""case when birth_from_on > received_on then 'after' when birth_from_on = date '1900-01-01' and birth_precision = 'day' then 'empty'
                when birth_until_on <= greatest(date '1900-01-01', received_on - interval {_OLDEST} year) then 'before' end""",
            "birth_from_on = null, birth_until_on = null, birth_precision = 'unknown'",
        ),
    ),
    "event": (
        (
            "day_fault",
            f"""case when day_from > received_on + interval 1 year then 'after' when day_from < date '1900-01-02' then 'before'
                when day_from > received_on and f_kind in ({_HAPPENED}) then 'ahead' end""",
            "day_from = null, day_until = null, clock = null, end_day = null, end_clock = null",
        ),
        (
            "end_fault",
            f"case when {_ENDS} < {_BEGINS} then 'before' end",
            "end_day = null, end_clock = null",
        ),
    ),
    "relationship": (("end_fault", "case when day_until < day_from then 'before' end", "day_until = null"),),
}


def _set_aside(connection: Any, kind: str) -> None:
    """Days that cannot be are not used: they are taken off the typed fields, and why stands beside them for the rejects."""
    for fault, why, emptied in _CANNOT_BE.get(kind, ()):
        connection.execute(f"alter table typed_{kind} add column {fault} varchar")
        connection.execute(f"update typed_{kind} set {fault} = {why} where {why} is not null")
        connection.execute(f"update typed_{kind} set {emptied} where {fault} is not null")


def content_columns(kind: str) -> list[str]:
    """The columns whose change makes a new version of a record of this kind."""
    bookkeeping = {
        "entry",
        "record_id",
        "agency",
        "file",
        "source_id",
        "delivery_id",
        "seq",
        "row_number",
        "received_text",
        "delivery_on",
        "is_reference",
    }
    columns = [column for column in stage_columns(kind) if column not in bookkeeping]
    # The day on which something was said matters only to an age: a date of birth said again is no news.
    said = "case when birth_precision = 'about' then f_said_on end"
    return [said if column == "f_said_on" else column for column in columns]

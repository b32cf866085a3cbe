"""How does staged text become typed fields, with what could not be read still beside it?"""

from __future__ import annotations

from datetime import date
from typing import Any

from engage.records import numbers
from engage.records.staging import stage_columns


_RECEIVED = "coalesce(e_day(received_text), delivery_on)"
_SEX = """case when lower(f_sex) in ('f', 'female', 'girl', 'woman') then 'female' when lower(f_sex) in ('m', 'male', 'boy', 'man') then 'male'
    when lower(f_sex) in ('o', 'x', 'other', 'non-binary') then 'other' end"""
_BORN = "coalesce(f_born, f_age_or_born)"
_AGED = "case when e_from_on(f_born) is null and e_from_on(f_age_or_born) is null then coalesce(f_age, f_age_or_born, f_born) end"
_SAID = "coalesce(e_day(f_said_on), received_on)"
# The lowest and the highest age that the source's words allow.
_LOW = f"coalesce(e_age_low({_AGED}, 1), e_age_low(f_about_age, 1) - case when e_is_about(f_about_age) then 0 else 1 end)"
_HIGH = f"coalesce(e_age_high({_AGED}, 1), e_age_high(f_about_age, 1) + case when e_is_about(f_about_age) then 0 else 1 end)"

_TYPED: dict[str, str] = {
    "person": f"""
        select s.*,
            coalesce(f_forename, e_name_forename(f_name)) as forename,
            coalesce(f_middle_names, e_name_middle(f_name)) as middle_names,
            coalesce(f_surname, e_name_surname(f_name)) as surname,
            coalesce(f_name, nullif(concat_ws(' ', f_forename, f_middle_names, f_surname), '')) as full_name,
            coalesce(e_from_on(f_born), e_from_on(f_age_or_born), ({_SAID} - to_years({_HIGH} + 1) + interval 1 day)::date) as birth_from_on,
            coalesce(e_until_on(f_born), e_until_on(f_age_or_born), ({_SAID} - to_years({_LOW}) + interval 1 day)::date) as birth_until_on,
            case when e_from_on({_BORN}) is not null then e_day_precision({_BORN}) when {_LOW} is not null then 'about' else 'unknown' end as birth_precision,
            coalesce(f_born, f_age_or_born, f_age, f_about_age) as birth_text,
            {_SEX} as sex
        from staged s""",
    "event": """
        select s.*, e_from_on(said_date) as day_from, e_until_on(said_date) as day_until,
            coalesce(e_time(f_time), e_time_within(said_date)) as clock,
            coalesce(e_day(said_until), case when e_time(f_until_time) is not null then e_day(said_date) end) as end_day,
            coalesce(e_time(f_until_time), e_time_within(said_until)) as end_clock
        from (select *, e_london(f_date) as said_date, e_london(f_until_date) as said_until from staged s) s""",
    "relationship": "select s.*, e_from_on(f_date) as day_from, e_from_on(f_until_date) as day_until from staged s",
}


def read(connection: Any, *, kind: str, as_of: date) -> None:
    """Make `typed_<kind>` from `stage_<kind>`: received_on and the typed fields, of rows received by `as_of`."""
    staged = f"select *, {_RECEIVED} as received_on, e_handling(handling_text) as handling from stage_{kind}"
    select = _TYPED.get(kind, "select * from staged s")
    connection.execute(
        f"create or replace temp table typed_{kind} as with staged as ({staged}) "
        f"select * from ({select.replace('from staged s', 'from staged s where received_on <= $as_of')})",
        {"as_of": as_of},
    )


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


def check_numbers(connection: Any) -> None:
    """Run the libraries' checks over every distinct number that came."""
    for kind in ("nhs_number", "upn", "pnc_id"):
        numbers.check(connection, kind=kind, texts_sql=f"select f_{kind} from stage_person")
    left_over = " union all ".join(
        f"select f_{field} from stage_{kind} where f_{field} is not null and e_phone(f_{field}) is null"
        for kind, field in (("person", "phone"), ("phone", "number"))
    )
    numbers.check(connection, kind="phone", texts_sql=left_over)

"""How are dates, ages, names, postcodes, plates and numbers read from what people typed?

Each reading is a DuckDB macro, so that a million rows are read in seconds; `tests/spec/records` draws what each makes of what.
A value that cannot be read gives NULL, never a guess: the caller keeps the text and flags it.

Dates are British: day first. Two-digit years are of this century up to 30, else of the last. A five-digit number is a day as
spreadsheets count them (1 is 1 January 1900, with their leap-year error, so 25569 is 1 January 1970).
"""

from __future__ import annotations

from typing import Any


ABOUT = r"(about|approx\.?|approximately|around|circa|c\.?|roughly|est\.?|maybe|~)"

_MACROS = {
    # a whole day
    "e_day(t)": r"""
        case
            when t is null then null
            when regexp_full_match(trim(t), '\d{4}-\d{1,2}-\d{1,2}([ T].*)?') then try_strptime(regexp_extract(trim(t), '^[\d-]+'), '%Y-%m-%d')::date
            when regexp_full_match(trim(t), '\d{1,2}[/.-]\d{1,2}[/.-]\d{4}( .*)?')
                then try_strptime(replace(replace(split_part(trim(t), ' ', 1), '.', '/'), '-', '/'), '%d/%m/%Y')::date
            when regexp_full_match(trim(t), '\d{1,2}[/.-]\d{1,2}[/.-]\d{2}( .*)?') then try_strptime(
                regexp_replace(replace(replace(split_part(trim(t), ' ', 1), '.', '/'), '-', '/'), '/(\d\d)$',
                    case when right(split_part(trim(t), ' ', 1), 2) <= '30' then '/20\1' else '/19\1' end), '%d/%m/%Y')::date
            when regexp_full_match(trim(t), '\d{1,2}(st|nd|rd|th)?[ -]*[A-Za-z]{3,9}\.?[ -]*\d{4}( .*)?') then try_strptime(
                regexp_replace(trim(t), '^(\d{1,2})(?:st|nd|rd|th)?[ -]*([A-Za-z]{3})[A-Za-z]*\.?[ -]*(\d{4}).*$', '\1-\2-\3'),
                '%d-%b-%Y')::date
            when regexp_full_match(trim(t), '\d{1,2}[ -]*[A-Za-z]{3,9}[ -]*\d{2}( .*)?') then try_strptime(
                regexp_replace(trim(t), '^(\d{1,2})[ -]*([A-Za-z]{3})[A-Za-z]*[ -]*(\d{2}).*$', '\1-\2-' ||
                    case when regexp_extract(trim(t), '^\d{1,2}[ -]*[A-Za-z]+[ -]*(\d{2})', 1) <= '30' then '20' else '19' end || '\3'),
                '%d-%b-%Y')::date
            when regexp_full_match(trim(t), '(19|20)\d{6}') then try_strptime(trim(t), '%Y%m%d')::date
            when regexp_full_match(trim(t), '[1-7]\d{4}(\.\d+)?') then date '1899-12-30' + floor(trim(t)::double)::integer
        end""",
    # first day that the words allow, and the day after the last
    "e_from_on(t)": r"""
        coalesce(e_day(t), case
            when regexp_full_match(lower(trim(t)), '((about|circa|c\.?|approx\.?) ?)?(19|20)\d{2}')
                then make_date(right(trim(t), 4)::int - case when e_is_about(t) then 1 else 0 end, 1, 1)
            when regexp_full_match(trim(t), '\d{1,2}/(19|20)\d{2}') then try_strptime('1/' || trim(t), '%d/%m/%Y')::date
            when regexp_full_match(trim(t), '(19|20)\d{2}-\d{2}') then try_strptime(trim(t) || '-01', '%Y-%m-%d')::date
            when regexp_full_match(trim(t), '[A-Za-z]{3,9} (19|20)\d{2}')
                then try_strptime('1 ' || regexp_replace(trim(t), '^([A-Za-z]{3})[a-z]* ', '\1 '), '%d %b %Y')::date
        end)""",
    "e_until_on(t)": r"""
        coalesce(e_day(t) + 1, case
            when regexp_full_match(lower(trim(t)), '((about|circa|c\.?|approx\.?) ?)?(19|20)\d{2}')
                then make_date(right(trim(t), 4)::int + 1 + case when e_is_about(t) then 1 else 0 end, 1, 1)
            when e_from_on(t) is not null then (e_from_on(t) + interval 1 month)::date
        end)""",
    "e_is_about(t)": r"regexp_matches(lower(trim(t)), '^(about|approx|around|circa|c\.? ?\d|roughly|est|maybe|~)|ish$')",
    "e_day_precision(t)": r"""
        case
            when e_day(t) is not null then 'day'
            when e_from_on(t) is null then 'unknown'
            when e_is_about(t) then 'about'
            when regexp_full_match(trim(t), '(19|20)\d{2}') then 'year'
            else 'month'
        end""",
    # an age, as the lowest and highest whole years that the words allow; `slack` is what "about" means, in years
    "e_age_low(t, slack)": r"""
        case
            when regexp_full_match(trim(t), '\d{1,2}\s*(-|\x{2013}|to|or|/)\s*\d{1,2}( ?y.*)?') then regexp_extract(trim(t), '^(\d{1,2})', 1)::int
            when regexp_full_match(lower(trim(t)), '(age[d]? ?)?((about|approx\.?|approximately|around|circa|c\.?|roughly|est\.?|maybe|~) ?)?\d{1,2}( ?-?ish)?( ?(y|yr|yrs|years?)( old)?)?')
                then regexp_extract(trim(t), '(\d{1,2})', 1)::int - case when e_is_about(regexp_replace(lower(trim(t)), '^age[d]? ?', '')) then slack else 0 end
        end""",
    "e_age_high(t, slack)": r"""
        case
            when regexp_full_match(trim(t), '\d{1,2}\s*(-|\x{2013}|to|or|/)\s*\d{1,2}( ?y.*)?') then regexp_extract(trim(t), '(\d{1,2})\D*$', 1)::int
            when e_age_low(t, slack) is not null
                then regexp_extract(trim(t), '(\d{1,2})', 1)::int + case when e_is_about(regexp_replace(lower(trim(t)), '^age[d]? ?', '')) then slack else 0 end
        end""",
    "e_time_of_fraction(t)": "(time '00:00:00' + to_seconds(round(trim(t)::double * 86400)))::time",
    "e_time(t)": r"""
        case
            when t is null or regexp_full_match(trim(t), '0\.\d\d') then null -- 0.25 is 00:25 or a quarter of a day: not guessed
            when regexp_full_match(lower(trim(t)), '\d{1,2}([:.]\d{2})? ?[ap]\.?m\.?') then try_cast(
                ((regexp_extract(trim(t), '^(\d{1,2})', 1)::int % 12) + case when contains(lower(t), 'p') then 12 else 0 end)::varchar
                || ':' || coalesce(nullif(regexp_extract(trim(t), '[:.](\d{2})', 1), ''), '00') || ':00' as time)
            when regexp_full_match(lower(trim(t)), '\d{4} ?h(rs|ours)?\.?') then try_cast(substr(trim(t), 1, 2) || ':' || substr(trim(t), 3, 2) || ':00' as time)
            when regexp_full_match(trim(t), '\d{1,2}[:.]\d{2}([:.]\d{2}(\.\d+)?)?') then try_cast(regexp_replace(trim(t), '^(\d{1,2})[:.](\d{2}).*$', '\1:\2:00') as time)
            when regexp_full_match(trim(t), '\d{4}') then try_cast(substr(trim(t), 1, 2) || ':' || substr(trim(t), 3, 2) || ':00' as time)
            when regexp_full_match(trim(t), '0?\.\d+') then e_time_of_fraction(t)
        end""",
    # an ISO moment that names its zone, in London's wall-clock time; anything else as it is
    "e_london(t)": r"""
        case when regexp_matches(t, '\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)? ?(Z|[+-]\d{2}:?\d{2})$')
            then coalesce(strftime(timezone('Europe/London', try_cast(t as timestamptz)), '%Y-%m-%d %H:%M'), t) else t end""",
    # the time within a date column: "2024-03-01 21:40", "2024-03-01T21:40:00", a spreadsheet's fraction of a day
    "e_time_within(t)": r"""
        case
            when regexp_matches(t, '\d[ T]\d{1,2}:\d{2}') then e_time(regexp_extract(t, '[ T](\d{1,2}:\d{2})', 1))
            when regexp_full_match(trim(t), '[1-7]\d{4}\.\d+') then e_time_of_fraction('0.' || split_part(trim(t), '.', 2))
        end""",
    # a London wall-clock moment in UTC
    "e_utc(ts)": "(timezone('Europe/London', ts) at time zone 'UTC')",
    "e_clean(t)": r"nullif(trim(regexp_replace(t, '\s+', ' ', 'g')), '')",
    # a name with a comma begins with the surname, another ends with it
    "e_name_surname(t)": r"""
        case
            when contains(t, ',') then e_clean(split_part(t, ',', 1))
            when contains(trim(t), ' ') then e_clean(regexp_extract(trim(t), '(\S+)$', 1))
        end""",
    "e_name_forename(t)": r"""
        case
            when contains(t, ',') then e_clean(regexp_extract(trim(substr(t, strpos(t, ',') + 1)), '^(\S+)', 1))
            else e_clean(regexp_extract(trim(t), '^(\S+)', 1))
        end""",
    "e_name_middle(t)": r"""
        case
            when contains(t, ',') then e_clean(regexp_extract(trim(substr(t, strpos(t, ',') + 1)), '^\S+\s+(.+)$', 1))
            else e_clean(regexp_extract(trim(t), '^\S+\s+(.+)\s+\S+$', 1))
        end""",
    "e_compact(t)": r"upper(regexp_replace(t, '[^A-Za-z0-9]', '', 'g'))",
    # shape only, not a gazetteer: new and fictional areas are well formed too
    "e_postcode(t)": r"""
        case when regexp_full_match(e_compact(t), '[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}')
            then left(e_compact(t), -3) || ' ' || right(e_compact(t), 3) end""",
    "e_is_not_known(t)": r"""
        regexp_full_match(trim(t), '[?*. _-]+') or upper(trim(t)) in ('UNKNOWN', 'UNK', 'NOT KNOWN', 'NONE', 'NIL', 'NULL', 'NK', 'N/K', 'N/A', 'NA',
            'NOT SEEN', 'NOT RECORDED', 'NOT GIVEN', 'NOT STATED', 'NO PLATE', 'NO PLATES', 'NO REG', 'NO VRM', 'TBC')""",
    # ? or * stand for a character that was not read; more than eight signs, or four letters with nothing else, are no plate nor part of one
    "e_plate_signs(t)": r"nullif(regexp_replace(upper(replace(t, '*', '?')), '[^A-Z0-9?]', '', 'g'), '')",
    "e_plate(t)": r"""
        case when not e_is_not_known(t) and length(e_plate_signs(t)) <= 8 and regexp_matches(e_plate_signs(t), '^[A-Z]{1,3}$|[0-9?]')
            then e_plate_signs(t) end""",
    # signs that were not seen may be left out: QQ62G is the beginning of a plate
    "e_plate_is_partial(t)": r"""
        contains(e_plate(t), '?') or length(e_plate(t)) < 5 or regexp_full_match(e_plate(t), '[A-Z]{1,2}\d{1,3}[A-Z]{1,2}')""",
    # current, prefix, suffix, dateless and Northern Irish (DVLA INF104), or too little to tell
    "e_plate_is_british(t)": r"""
        e_plate_is_partial(t)
            or regexp_full_match(e_plate(t), '[A-Z]{2}\d{2}[A-Z]{3}|[A-Z]\d{1,3}[A-Z]{3}|[A-Z]{3}\d{1,3}[A-Z]|[A-Z]{1,3}\d{1,4}|\d{1,4}[A-Z]{1,3}')""",
    # plain British shapes of eleven digits only; every other number, and whatever holds a word ("ext 12") or two numbers, is left to the library (see `numbers.py`)
    "e_phone_digits(t)": r"regexp_replace(regexp_replace(regexp_replace(t, '\(0\)', '', 'g'), '[^0-9+]', '', 'g'), '^(\+44|0044)0?', '0')",
    "e_phone(t)": r"""
        case
            when not regexp_full_match(trim(t), '\+?[0-9() .-]+') then null
            when regexp_full_match(e_phone_digits(t), '0[1-3789]\d{9}') then e_phone_digits(t)
            when regexp_full_match(e_phone_digits(t), '[127]\d{9}') then '0' || e_phone_digits(t)
            when regexp_full_match(e_phone_digits(t), '44[1-3789]\d{9}') then '0' || substr(e_phone_digits(t), 3)
        end""",
    "e_address_key(t)": r"""
        e_clean(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
            regexp_replace(lower(t), '[^a-z0-9]+', ' ', 'g'),
            '\bst\b$', 'street'), '\brd\b', 'road'), '\bave?\b', 'avenue'), '\bln\b', 'lane'), '\bcl\b', 'close'),
            '\b(cres|cresc)\b', 'crescent'), '\b(gdns|gdn)\b', 'gardens'), '\b(apartment|apt)\b', 'flat'))""",
    # "C A1 S2" is C; a 5x5x5 handling digit is told apart from a 3x5x2 letter
    "e_handling(t)": r"""
        case
            when t is null or trim(t) = '' then ''
            when regexp_matches(upper(trim(t)), '^P\b') then 'P'
            when regexp_matches(upper(trim(t)), '^C\b') then 'C'
            when regexp_full_match(trim(t), '[1-5]') then 'legacy-' || trim(t)
            else trim(t)
        end""",
}


def create_macros(connection: Any) -> None:
    """Define the readings on a connection. Temporary: nothing of them stays in the build's file."""
    for signature, body in _MACROS.items():
        connection.execute(f"create or replace temp macro {signature} as ({body})")

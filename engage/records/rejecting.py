"""What could not be used, why, and what can be done about it: no row and no value is dropped in silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass
from typing import Any

from engage.governance.policies import HANDLING_ORDER
from engage.records.mapping.declared import FileMapping, Mapping
from engage.records.mapping.entries import ENTRY_FIELDS
from engage.records.mapping.fields import EVENT_KINDS
from engage.records.reading import BORN_AGED
from engage.store.sql import literal
from engage.vocabulary.words import N_


@dataclass(frozen=True)
class Flag:
    """A check on a typed table: rows for which `wrong` holds have a bad value in `field`."""

    kind: str
    field: str
    wrong: str
    reason: str
    remedy: str
    severity: str = "flagged"


# 3x5x2 since 2016 (College of Policing, APP Intelligence report), 5x5x5 before it.
_GRADES = "[1-3][A-E][PC]?|[A-E][1-5][1-5PC]?"
_NEITHER = (
    N_("This is neither a date of birth nor an age."),
    N_("Send it as 2009-12-24, 24/12/2009, 2009, or “about 15”."),
)
# No day, though it says more than that the end is not known or has not come.
_NO_DAY = (
    "f_{0} is not null and (select from_on from said_day where text = f_{0}) is null and not e_is_not_known(f_{0}) "
    "and lower(trim(f_{0})) not in ('ongoing', 'current', 'present', 'open', 'to date')"
)
_NO_END = (
    N_("This is not a date, so the end is shown as not known."),
    N_("Send it as 2024-03-01 or 01/03/2024."),
)
_ENDS_FIRST = (
    N_("This is before the beginning, so the end is shown as not known."),
    N_("Check both dates and times."),
)
FLAGS = (
    Flag("person", "born", f"{_NO_DAY.format('born')} and e_age_low({BORN_AGED}, 1) is null", *_NEITHER),
    Flag("person", "age_or_born", f"{_NO_DAY.format('age_or_born')} and e_age_low(f_age_or_born, 1) is null", *_NEITHER),
    Flag("person", "age", "f_age is not null and not e_is_not_known(f_age) and e_age_low(f_age, 1) is null", N_("This is not an age."), N_("Send it as 15, 15ish or 14-15.")),
    Flag("person", "about_age", "f_about_age is not null and not e_is_not_known(f_about_age) and e_age_low(f_about_age, 1) is null", N_("This is not an age."), N_("Send it as 15, 15ish or 14-15.")),
    Flag("person", "birth", "birth_fault = 'after'", N_("This birth is after the day the record was received, so it is shown but not used."), N_("Check the year.")),
    Flag("person", "birth", "birth_fault = 'before'", N_("Nobody is as old as this, so it is shown but not used."), N_("Check the century.")),
    Flag("person", "birth", "birth_fault = 'empty'", N_("A spreadsheet shows an empty cell so, so it is shown but not used."), N_("Leave the cell empty when the date is not known.")),
    Flag("person", "nhs_number", "f_nhs_number is not null and not coalesce((select is_valid from checked_nhs_number c where c.value_text = f_nhs_number), false)",
         N_("The check digit of this NHS number is wrong, so it is shown but not used."), N_("Check it against the patient's record.")),
    Flag("person", "upn", "f_upn is not null and not coalesce((select is_valid from checked_upn c where c.value_text = f_upn), false)",
         N_("The shape or check letter of this UPN is wrong, so it is shown but not used."), N_("Check it against the school's register.")),
    Flag("person", "pnc_id", "f_pnc_id is not null and not coalesce((select is_valid from checked_pnc_id c where c.value_text = f_pnc_id), false)",
         N_("This is not the shape of a PNC id, so it is shown but not used."), N_("Send it as 2010/0040008P.")),
    Flag("person", "postcode", "f_postcode is not null and e_postcode(f_postcode) is null", N_("This is not the shape of a postcode, so it is shown but not used."),
         N_("Send it as QX1 2AB.")),
    Flag("place", "postcode", "f_postcode is not null and e_postcode(f_postcode) is null", N_("This is not the shape of a postcode, so it is shown but not used."),
         N_("Send it as QX1 2AB.")),
    Flag("person", "phone", "f_phone is not null and e_phone(f_phone) is null and not coalesce((select is_valid from checked_phone c where c.value_text = f_phone), false)",
         N_("This is not a possible telephone number, so it is shown but not used."), N_("Send the whole number, with +44 or a leading 0.")),
    Flag("event", "kind", f"coalesce(f_kind, 'note') not in ({', '.join(map(literal, EVENT_KINDS))})", N_("This is not a kind of event that is known, so it stands in the source's word."),
         N_("Translate it with “codes” in the mapping.")),
    Flag("narrative", "text", "f_text is null", N_("There is no text."), N_("Send the text, or leave the row out.")),
    Flag("role", "person", "(t.record_id, 'person') in (select record_id, field from orphan)",
         N_("This person was never sent, so the row leads to nobody."), N_("Ask the sender for the person's row.")),
    Flag("role", "event", "(t.record_id, 'event') in (select record_id, field from orphan)",
         N_("This event was never sent, so the row belongs to nothing."), N_("Ask the sender for the event's row.")),
    Flag("narrative", "event", "(t.record_id, 'event') in (select record_id, field from orphan)",
         N_("This event was never sent, so the row belongs to nothing."), N_("Ask the sender for the event's row.")),
    Flag("role", "event", "f_event is null or coalesce(f_person, f_vehicle, f_phone, f_place) is null", N_("The row does not say who had a part in what, so no role can be made of it."),
         N_("Ask the sender for both ends."), "rejected"),
    Flag("relationship", "from_person", "f_from_person is null or coalesce(f_to_person, f_to_place) is null", N_("The row does not say who is tied to whom, so no tie can be made of it."),
         N_("Ask the sender for both ends."), "rejected"),
    Flag("phone", "number", "f_number is null", N_("There is no number."), N_("Send the number, or leave the row out.")),
    Flag("phone", "number", "coalesce(lower(f_kind), 'phone') = 'phone' and f_number is not null and e_phone(f_number) is null "
         "and not coalesce((select is_valid from checked_phone c where c.value_text = f_number), false)",
         N_("This is not a possible telephone number, so it is shown but not used."), N_("Send the whole number, with +44 or a leading 0.")),
    Flag("vehicle", "plate", "f_plate is not null and not e_is_not_known(f_plate) and e_plate(f_plate) is null", N_("This cannot be a plate or a part of one, so it is shown but not used."),
         N_("Send what was seen, with ? for a character not read.")),
    Flag("vehicle", "plate", "e_plate(f_plate) is not null and not e_plate_is_british(f_plate)", N_("This is not the shape of a British plate. It is used as it stands."),
         N_("Check it, unless it is from abroad.")),
    Flag("event", "date", "day_fault = 'after'", N_("This is more than a year after the day the record was received, so when it happened is shown as not known."), N_("Check the year.")),
    Flag("event", "date", "day_fault = 'before'", N_("This is before anybody's lifetime, so when it happened is shown as not known."), N_("Check the year.")),
    Flag("event", "date", "day_fault = 'ahead'", N_("This is after the day the record was received, and what the record tells of had happened by then, so when it happened is shown as not known."),
         N_("Check the date.")),
    Flag("event", "until_date", f"{_NO_DAY.format('until_date')}", *_NO_END),
    Flag("event", "until_time", "f_until_time is not null and (select clock from said_time where text = f_until_time) is null", N_("This is not a time of day."), N_("Send it as 21:40.")),
    Flag("event", "until_date", "end_fault = 'before' and f_until_date is not null", *_ENDS_FIRST),
    Flag("event", "until_time", "end_fault = 'before' and f_until_date is null", *_ENDS_FIRST),
    Flag("relationship", "date", f"{_NO_DAY.format('date')}", N_("This is not a date, so the beginning is shown as not known."), N_("Send it as 2024-03-01 or 01/03/2024.")),
    Flag("relationship", "until_date", f"{_NO_DAY.format('until_date')}", *_NO_END),
    Flag("relationship", "until_date", "end_fault = 'before'", *_ENDS_FIRST),
    Flag("event", "date", "f_date is not null and day_from is null and day_fault is null", N_("This is not a date, so when it happened is shown as not known."),
         N_("Send it as 2024-03-01, 01/03/2024, March 2024 or 2024.")),
    Flag("event", "date", "day_from > received_on", N_("This is after the day the record was received."), N_("Check the date.")),
    Flag("event", "time", "f_time is not null and clock is null", N_("This is not a time of day."), N_("Send it as 21:40.")),
)  # fmt: skip


# References that are looked up: of a kind, the field, and the kind of what it points to.
_POINTERS = (("role", "person", "person"), ("role", "event", "event"), ("narrative", "event", "event"))


def find_orphans(connection: Any) -> None:
    """Make `orphan` (record_id, field): rows that point to a record which was never sent, whatever day is built."""
    parts = " union all ".join(
        f"select s.record_id, '{field}' as field from stage_{kind} s where s.f_{field} is not null and not starts_with(s.record_id, s.f_{field} || '/') "
        f"and not exists (select 1 from stage_{thing} p where p.record_id = s.f_{field})"
        for kind, field, thing in _POINTERS
    )
    connection.execute(f"create or replace temp table orphan as select distinct * from ({parts})")


def sql(deliveries: Sequence[Any], mappings: Map[str, Mapping]) -> str:
    """The select that makes `reject`: values flagged, rows nothing took, rows without an id, rows that could not be read."""
    parts = [
        *(_flag_sql(flag) for flag in FLAGS),
        *_row_faults_sql(),
        *_twice_sql(),
        _ROWS,
        _NOT_WHOLE,
        *_broken_sql(deliveries, mappings),
    ]
    return " union all by name ".join(parts)


_GUARDS = "cohort, handling, sensitivity"


def _flag_sql(flag: Flag) -> str:
    return (
        f"select delivery_id, agency, file, row_number, {_column_sql(flag.field)} as column_name, {_value(flag)} as value, {literal(flag.reason)} as reason, "
        f"{literal(flag.remedy)} as remedy, {literal(flag.severity)} as severity, record_id, {_GUARDS} from known_{flag.kind} t where {flag.wrong}"
    )


def _value(flag: Flag) -> str:
    """What the file said. A reference is held as the id of a record, `area:agency:file:source_id`; the file said the last part."""
    if flag.field == "birth":
        return "coalesce(f_born, f_age_or_born, f_age, f_about_age)"
    if flag.field in ("person", "event", "from_person"):
        return f"regexp_replace(f_{flag.field}, '^[^:]*:[^:]*:[^:]*:', '')"
    return f"f_{flag.field}"


def _column_sql(field: str) -> str:
    """The column that the field was read from, as the source names it; the field's own name when it is read from none."""
    fields = "'born', 'age_or_born', 'age', 'about_age'" if field == "birth" else literal(field)
    found = f"select nullif(first(column_name), '') from field_column c where c.entry = t.entry and c.field in ({fields})"
    return f"coalesce(({found}), {literal(field)})"


# What is said of a row as a whole: the field, its text, when it is wrong (`r` is the day that the text gives), why, and what to do.
_OF_ROWS = (
    ("received", "received_text", "r.text is not null and r.day is null", N_("This is not a date, so the day of the delivery counts as the day it was received."),
     N_("Send it as 2024-03-01 or 01/03/2024.")),
    ("received", "received_text", "r.day > t.delivery_on", N_("This is after the day of the delivery, so the day of the delivery counts as the day it was received."),
     N_("Check the year.")),
    ("handling", "handling_text", f"t.handling not in ({', '.join(map(literal, HANDLING_ORDER))})", N_("This is no handling code that is known, so only its own agency sees the row."),
     N_("Send P or C of the 3x5x2, or translate it with “codes” in the mapping.")),
    ("grade", "grade", f"t.grade is not null and not regexp_full_match(upper(regexp_replace(t.grade, '[^A-Za-z0-9]', '', 'g')), {literal(_GRADES)})",
     N_("This is no grade of the 3x5x2 or the 5x5x5. It is shown as it stands."), N_("Send it as 2BP, or as B22 from before 2016.")),
)  # fmt: skip


def _row_faults_sql() -> Iterator[str]:
    """Days of receipt, handling codes and grades that cannot be. Each row of a file is told of once, whatever it makes."""
    columns = f"entry, delivery_id, agency, file, row_number, received_text, delivery_on, record_id, handling_text, grade, {_GUARDS}"
    rows = " union all ".join(f"select {columns} from known_{kind}" for kind in ENTRY_FIELDS)
    for field, text, wrong, reason, remedy in _OF_ROWS:
        yield (
            f"select delivery_id, agency, file, row_number, {_column_sql(field)} as column_name, t.{text} as value, "
            f"{literal(reason)} as reason, {literal(remedy)} as remedy, 'flagged' as severity, record_id, {_GUARDS} "
            f"from ({rows}) t left join said_day r on r.text = t.received_text where {wrong} "
            f"qualify row_number() over (partition by delivery_id, file, row_number, t.{text} order by record_id) = 1"
        )


def _twice_sql() -> Iterator[str]:
    """Rows whose id came again further down the same file with other content. (Where many rows name one person, as event
    files do, saying more each time is no fault: only ids of the file's own rows count.)"""
    reason = N_("The same id stands again further down the file with other content, and the last row counts.")
    remedy = N_("Ask the sender which row is right, or whether the id is not one.")
    for kind in ENTRY_FIELDS:
        yield (
            f"select k.delivery_id, k.agency, k.file, k.row_number, '(row)' as column_name, k.source_id as value, {literal(reason)} as reason, "
            f"{literal(remedy)} as remedy, 'flagged' as severity, k.record_id, k.cohort, k.handling, k.sensitivity from known_{kind} k join known_{kind} n "
            "on n.record_id = k.record_id and n.version = k.version + 1 and n.delivery_id = k.delivery_id "
            "where not exists (select 1 from field_column c where c.entry = k.entry and c.field = 'id')"
        )


_ROWS = f"""
    select delivery_id, agency, file, row_number, case when has_id then '(row)' else id_column end as column_name, null::varchar as value,
        case when has_id then {literal(N_("Nothing in the mapping takes this row."))} else {literal(N_("The row has no id, so no record can be made of it."))} end as reason,
        case when has_id then {literal(N_("Add an entry, or a “when” that covers it, to the mapping."))} else {literal(N_("Ask the sender for the id."))} end as remedy,
        'rejected' as severity, null::varchar as record_id, cohort, e_handling(handling_text) as handling, sensitivity
    from row_taken
"""


_NOT_WHOLE = f"""
    select delivery_id, agency, file, 0::bigint as row_number, '(file)' as column_name, null::varchar as value,
        {literal(N_("Sent in full, but not every row could be read, or there was none: no record missing from it counts as withdrawn."))} as reason,
        {literal(N_("Ask the sender to send the file again."))} as remedy, 'flagged' as severity, null::varchar as record_id,
        cohort, '' as handling, 'standard' as sensitivity
    from not_whole
"""


def _broken_sql(deliveries: Sequence[Any], mappings: Map[str, Mapping]) -> Iterator[str]:
    for delivery in deliveries:
        for sent in delivery.files:
            if sent.broken is not None:
                mapping = mappings[delivery.mapping]
                file = mapping.file(sent.file)
                guards = f"{literal(file.cohort)} as cohort, {literal(_handling(mapping, file))} as handling, {literal(_sensitivity(mapping, file))} as sensitivity"
                yield (
                    f"select {literal(delivery.delivery_id)} as delivery_id, {literal(delivery.agency)} as agency, {literal(sent.file)} as file, "
                    f"_row as row_number, '(row)' as column_name, line as value, reason, {literal(N_('Ask the sender to send the row again.'))} as remedy, "
                    f"'rejected' as severity, null::varchar as record_id, {guards} from read_parquet({literal(sent.broken)})"
                )


def _holders(mapping: Mapping, file: FileMapping) -> list[dict[str, Any]]:
    """Every place in which a mapping may say how a row of the file is guarded."""
    entries = [fields for entry in file.raw["makes"] for fields in entry.values() if isinstance(fields, dict)]
    return [mapping.raw, file.raw, *entries]


def _handling(mapping: Mapping, file: FileMapping) -> str:
    """A row that could not be read may have carried any code that its file can."""
    return "C" if any("handling" in holder for holder in _holders(mapping, file)) else ""


def _sensitivity(mapping: Mapping, file: FileMapping) -> str:
    """Likewise, the strictest sensitivity that a row of its file can have."""
    said = [holder["sensitivity"] for holder in _holders(mapping, file) if "sensitivity" in holder]
    plain = all(isinstance(value, dict) and value.get("constant") == "standard" for value in said)
    return "standard" if plain else "health-specialist"

"""How do the known versions of staged things become the exchange tables?

One person row makes a person record and, when it has them, further names, identifiers, an address where the person lives and
a phone or e-mail the person uses; one event row makes an event, its place and its narrative. Parts carry the provenance and the
days of the row they came from; their record ids are the row's with `/what` behind.
"""

from __future__ import annotations

from collections.abc import Iterator

from engage.store.steps import Step


_BASE = (
    "agency", "file", "source_id", "delivery_id", "row_number", "version", "received_on", "known_from_on", "known_until_on",
    "ended_by", "cohort", "handling", "grade", "sensitivity",
)  # fmt: skip
_DWELLING = "'dwelling'"
_NO_TIME = "null::timestamp as happened_from_at, null::timestamp as happened_until_at, 'unknown' as happened_precision, null::varchar as happened_text"
_DAYS = (
    "e_utc(day_from::timestamp) as happened_from_at, e_utc(day_until::timestamp) as happened_until_at, "
    "case when day_from is null then 'unknown' else 'day' end as happened_precision, "
    "nullif(concat_ws(' to ', f_date, f_until_date), '') as happened_text"
)


def _provenance(part: str = "", *, extra: bool = False) -> str:
    """The provenance columns of a row, or of a part of it."""
    columns = ", ".join(
        f"source_id || '/{part}' as source_id" if part and c == "source_id" else c for c in _BASE
    )
    return f"{columns}, {'extra' if extra else 'null::varchar as extra'}"


def _id(part: str = "") -> str:
    return f"record_id || '/{part}' as record_id" if part else "record_id"


def _person(column: str) -> str:
    """A reference to a person record, led on to the newer id where its source merged two."""
    return f"coalesce((select new_record_id from source_merge m where m.old_record_id = {column}), {column})"


def steps() -> Iterator[Step]:
    """The exchange tables, each from the `known_*` tables and the libraries' checks."""
    yield Step("person_record", _PERSON_RECORD)
    yield Step("person_name", " union all ".join(_names()))
    yield Step("identifier", " union all by name ".join(_identifiers()))
    yield Step("location", " union all by name ".join(_locations()))
    yield Step("vehicle", _VEHICLE)
    yield Step("contact_point", " union all by name ".join(_contact_points()))
    yield Step("event", _EVENT)
    yield Step("role", _ROLE)
    yield Step("relationship", " union all by name ".join(_relationships()))
    yield Step("narrative", " union all by name ".join(_narratives()))


_HAS_BIRTHDAY = "birth_precision = 'day'"
_HAS_NUMBER = (
    "(coalesce((select is_valid from checked_nhs_number c where c.value_text = f_nhs_number), false)"
    " or coalesce((select is_valid from checked_upn c where c.value_text = f_upn), false)"
    " or coalesce((select is_valid from checked_pnc_id c where c.value_text = f_pnc_id), false))"
)
_PERSON_RECORD = f"""
    select {_id()}, forename, middle_names, surname, full_name, birth_from_on, birth_until_on, birth_precision, birth_text, sex,
        f_sex as sex_text, f_ethnicity as ethnicity_text, f_nationality as nationality_text, f_religion as religion_text,
        f_organisation as organisation,
        surname is null or length(surname) = 1 or not ({_HAS_BIRTHDAY} or {_HAS_NUMBER}) as is_partial, {_provenance(extra=True)}
    from known_person
"""


def _names() -> Iterator[str]:
    for field, kind, forename, surname in (
        ("f_alias", "alias", "null::varchar", "null::varchar"),
        ("f_nickname", "nickname", "f_nickname", "null::varchar"),
        ("f_former_surname", "former", "forename", "f_former_surname"),
        ("f_preferred_name", "preferred", "f_preferred_name", "surname"),
    ):
        yield (
            f"select {_id(kind)}, record_id as person_record_id, '{kind}' as kind, {forename} as forename, {surname} as surname, "
            f"{field} as full_name, {_provenance(kind)} from known_person where {field} is not null"
        )


def _identifiers() -> Iterator[str]:
    for kind in ("nhs_number", "upn", "pnc_id"):
        yield (
            f"select {_id(kind)}, record_id as person_record_id, '{kind}' as kind, c.value as value, f_{kind} as value_text, c.is_valid, "
            f"{_provenance(kind)} from known_person join checked_{kind} c on c.value_text = f_{kind}"
        )
    provenance = _provenance().replace("source_id,", "source_id || '/' || word as source_id,")
    yield (
        "select record_id || '/' || word as record_id, record_id as person_record_id, word as kind, "
        "upper(regexp_replace(text, '\\s', '', 'g')) as value, text as value_text, true as is_valid, "
        f"{provenance} from (select *, unnest(json_keys(f_identifiers)) as word from known_person where f_identifiers is not null) "
        "cross join lateral (select json_extract_string(f_identifiers, '$.\"' || word || '\"') as text)"
    )


def _location(name: str, kind: str, address: str, postcode: str) -> str:
    return (
        f"{name} as name, {kind} as kind, {address} as address, e_address_key({address}) as address_key, "
        f"e_postcode({postcode}) as postcode, {postcode} as postcode_text"
    )


def _locations() -> Iterator[str]:
    yield (
        f"select {_id()}, {_location('f_name', 'lower(f_kind)', 'f_address', 'f_postcode')}, try_cast(f_easting as integer) as easting, "
        f"try_cast(f_northing as integer) as northing, {_provenance(extra=True)} from known_place"
    )
    yield (
        f"select {_id('address')}, {_location('null::varchar', _DWELLING, 'f_address', 'f_postcode')}, null::integer as easting, "
        f"null::integer as northing, {_provenance('address')} from known_person where f_address is not null or f_postcode is not null"
    )
    yield (
        f"select {_id('place')}, {_location('f_place_name', 'lower(f_place_kind)', 'f_place_address', 'f_place_postcode')}, null::integer as easting, "
        f"null::integer as northing, {_provenance('place')} from known_event where {_HAS_PLACE}"
    )


_HAS_PLACE = "coalesce(f_place_name, f_place_address, f_place_postcode) is not null"
_VEHICLE = f"""
    select {_id()}, e_plate(f_plate) as plate, f_plate as plate_text, coalesce(e_plate_is_partial(f_plate), true) as is_partial,
        f_make as make, f_model as model, f_colour as colour, {_provenance(extra=True)}
    from known_vehicle
"""


def _phone(text: str) -> str:
    checked = f"(select value from checked_phone c where c.value_text = {text})"
    return f"coalesce(e_phone({text}), {checked}, {text}) as value, {text} as value_text"


def _possible(text: str) -> str:
    return f"(e_phone({text}) is not null or coalesce((select is_valid from checked_phone c where c.value_text = {text}), false)) as is_valid"


def _contact_points() -> Iterator[str]:
    yield (
        f"select {_id()}, coalesce(lower(f_kind), 'phone') as kind, {_phone('f_number')}, {_possible('f_number')}, "
        f"{_provenance(extra=True)} from known_phone where f_number is not null"
    )
    yield (
        f"select {_id('phone')}, 'phone' as kind, {_phone('f_phone')}, {_possible('f_phone')}, {_provenance('phone')} "
        "from known_person where f_phone is not null"
    )
    yield (
        f"select {_id('email')}, 'email' as kind, lower(f_email) as value, f_email as value_text, contains(f_email, '@') as is_valid, "
        f"{_provenance('email')} from known_person where f_email is not null"
    )


_EVENT = f"""
    select {_id()}, coalesce(f_kind, 'note') as kind, f_category as category, f_title as title, f_outcome as outcome,
        f_recorded_by as recorded_by, f_details as details,
        coalesce(f_at, case when {_HAS_PLACE} then record_id || '/place' end) as location_record_id,
        e_utc(case when clock is null then day_from::timestamp else day_from + clock end) as happened_from_at,
        e_utc(case when end_day is not null then end_day + coalesce(end_clock, time '00:00') + case when end_clock is null then interval 1 day else interval 0 day end
            when clock is not null then day_from + clock + interval 1 minute else day_until::timestamp end) as happened_until_at,
        case when day_from is null then 'unknown' when clock is not null then 'minute' else day_precision end as happened_precision,
        nullif(concat_ws(' ', f_date, f_time, case when f_until_date is not null then 'to ' || f_until_date end), '') as happened_text,
        case when end_day is null then null when end_clock is null then 'day' else 'minute' end as until_precision,
        {_provenance(extra=True)}
    from known_event
"""
_ROLE = f"""
    select {_id()}, f_event as event_record_id,
        case when f_person is not null then 'person' when f_vehicle is not null then 'vehicle' when f_phone is not null then 'contact_point' else 'location' end as thing,
        coalesce({_person("f_person")}, f_vehicle, f_phone, f_place) as thing_record_id, coalesce(lower(f_role), 'involved') as role,
        {_provenance(extra=True)}
    from known_role where f_event is not null and coalesce(f_person, f_vehicle, f_phone, f_place) is not null
"""


def _tie(part: str, ends: tuple[str, str, str, str], kind: str, source: str) -> str:
    """A relationship that comes with another row: from a thing, to a thing, of a kind."""
    from_thing, from_id, to_thing, to_id = ends
    return (
        f"select {_id(part)}, '{from_thing}' as from_thing, {from_id} as from_record_id, '{to_thing}' as to_thing, {to_id} as to_record_id, "
        f"{kind} as kind, {_NO_TIME}, {_provenance(part)} from {source}"
    )


def _relationships() -> Iterator[str]:
    yield (
        f"select {_id()}, 'person' as from_thing, {_person('f_from_person')} as from_record_id, case when f_to_place is null then 'person' else 'location' end as to_thing, "
        f"coalesce({_person('f_to_person')}, f_to_place) as to_record_id, lower(coalesce(f_kind, 'related to')) as kind, "
        f"{_DAYS}, {_provenance(extra=True)} from known_relationship where f_from_person is not null and coalesce(f_to_person, f_to_place) is not null"
    )
    for part, ends, kind, source in _TIES:
        yield _tie(part, ends, kind, source)


# Ties that come with another row: the part of its record id, the two ends, the kind, and the rows that have one.
_TIES: tuple[tuple[str, tuple[str, str, str, str], str, str], ...] = (
    ("lives-at", ("person", "record_id", "location", "record_id || '/address'"), "'lives at'", "known_person where f_address is not null or f_postcode is not null"),
    ("uses", ("person", "record_id", "contact_point", "record_id || '/phone'"), "'uses'", "known_person where f_phone is not null"),
    ("uses-email", ("person", "record_id", "contact_point", "record_id || '/email'"), "'uses'", "known_person where f_email is not null"),
    ("related", ("person", "record_id", "person", _person("f_related_to")), "lower(coalesce(f_related_as, 'related to')) || ' of'", "known_person where f_related_to is not null"),
    ("keeper", ("person", _person("f_keeper"), "vehicle", "record_id"), "'keeper of'", "known_vehicle where f_keeper is not null"),
    ("used-by", ("person", _person("f_used_by"), "contact_point", "record_id"), "'uses'", "known_phone where f_used_by is not null and f_number is not null"),
)  # fmt: skip


def _narratives() -> Iterator[str]:
    yield (
        f"select {_id()}, f_event as event_record_id, {_person('f_person')} as person_record_id, f_text as text, f_author as author, "
        f"{_provenance(extra=True)} from known_narrative where f_text is not null"
    )
    yield (
        f"select {_id()}, record_id as event_record_id, null::varchar as person_record_id, f_narrative as text, "
        f"coalesce(f_narrative_author, f_recorded_by) as author, {_provenance()} from known_event where f_narrative is not null"
    )

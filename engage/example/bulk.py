"""How are a million person records with three events each made within minutes, for timing?

The lean layout: `persons.parquet` and `events.parquet` of one agency-like sender in each of four folders, drawn row by row by
DuckDB from hashes of the seed and the row's number, so that neither memory nor time grows faster than the rows. Names follow the
same lists and errors the same rates as a town's; there are no stories in it. The police hold the car of some people, and one event in ten has a
text of two of a town's sentences: as many for each person as a town's agencies write.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from engage.example.draw import in_sql, written
from engage.example.errors import rate
from engage.example.naming import origin_shares, surnames_of
from engage.example.numbers import PLATE_LETTERS
from engage.example.shared import FILE, write_shared
from engage.store.warehouse import connect, write_whole


AGENCIES = ("police", "childrens_services", "education", "health")
EVENTS_EACH = 3
CARS = 1 / 6
TEXTS = 1 / 10
# Of what kinds events are: each until that draw.
KINDS = (("missing", 0.02), ("concern", 0.1), ("contact", 1.0))
MAPPING = Path(__file__).parent / "areas" / "bulk" / "mappings"


@dataclass(frozen=True)
class Bulk:
    """How much was made."""

    people: int
    records: int
    events: int


def make_bulk(folder: Path, *, seed: int, records: int, is_shared: bool = False) -> Bulk:
    """Write sent/<agency>/persons.parquet and events.parquet, truth/identities.csv, area.yaml and mappings into the folder.

    About 1.8 records a person over four agencies; the same arguments give the same rows (in order of their numbers). With `is_shared` the police send shared.parquet as
    well: events in which several people have a part. All other files are the same with it and without.
    """
    for name in ("truth", "mappings", *(f"sent/{agency}" for agency in AGENCIES)):
        (folder / name).mkdir(parents=True, exist_ok=True)
    people = max(1, round(records / 1.8))
    connection = connect(None, folder / "spill", memory="3GB")
    try:
        connection.execute("set enable_progress_bar = false")
        _lists(connection)
        connection.execute(_people_sql(seed, people))
        connection.execute(_records_sql(seed, people, records))
        for agency in AGENCIES:
            _write(connection, folder, agency, seed)
        shared = (
            write_shared(connection, folder / "sent" / "police" / "shared.parquet", seed) if is_shared else 0
        )
        connection.execute(
            f"copy (select agency, 'persons' as file, ref as source_id, 'P' || lpad(person::varchar, 7, '0') as person_id, "
            f"case when again = 0 then 'full' else 'duplicate' end as kind from bulk_record order by record) "
            f"to '{folder / 'truth' / 'identities.csv'}' (header)"
        )
    finally:
        connection.close()
    _settings(folder, seed, is_shared=is_shared)
    return Bulk(people, records, records * EVENTS_EACH + shared)


def _lists(connection: Any) -> None:
    """The name lists as tables, and each origin with the span of [0, 1) in which a draw falls on it and its lists' sizes."""
    connection.execute("create table given(origin varchar, sex varchar, place integer, name varchar)")
    connection.execute("create table family(origin varchar, place integer, name varchar)")
    connection.execute("create table spelling(name varchar, other varchar)")
    connection.execute(
        "create table origin(origin varchar, from_share double, until_share double, females integer, males integer, families integer)"
    )
    total, start = sum(origin_shares().values()), 0.0
    for origin, entry in written("names.yaml")["origins"].items():
        until, surnames = start + entry["share"] / total, surnames_of(origin)
        sizes = [len(entry["female"]), len(entry["male"]), len(surnames)]
        connection.execute("insert into origin values (?, ?, ?, ?, ?, ?)", [origin, start, until, *sizes])
        start = until
        given = [
            [origin, sex, *pair]
            for sex, key in (("F", "female"), ("M", "male"))
            for pair in enumerate(entry[key])
        ]
        connection.executemany("insert into given values (?, ?, ?, ?)", given)
        connection.executemany(
            "insert into family values (?, ?, ?)", [[origin, *pair] for pair in enumerate(surnames)]
        )
    ways = [
        [name, others[0]]
        for key in ("variants", "nicknames")
        for name, others in written("names.yaml")[key].items()
    ]
    connection.execute("create table way(name varchar, other varchar)")
    connection.executemany("insert into way values (?, ?)", ways)
    connection.execute("insert into spelling select name, min(other) from way group by name")
    _sentences(connection)


def _sentences(connection: Any) -> None:
    """What texts say, with {child} and {other} to be filled: the sentences of a town that need nothing else."""
    plain = {
        "{they}": "she",
        "{them}": "her",
        "{their}": "her",
        "{They}": "She",
        "{Their}": "Her",
        "{carer}": "Her carer",
    }
    found = []
    for statements in written("sentences.yaml")["codes"].values():
        for sentence in (one for some in statements.values() for one in some):
            for blank, word in plain.items():
                sentence = sentence.replace(blank, word)
            if "{" not in sentence.replace("{child}", "").replace("{other}", ""):
                found.append(sentence)
    connection.execute("create table sentence(place integer, words varchar)")
    connection.executemany("insert into sentence values (?, ?)", [list(pair) for pair in enumerate(found)])


def _common_first(draw: str, size: str) -> str:
    """SQL for a place in a list of that size, from a draw: common names stand first (the same curve as a town's)."""
    return f"least({size} - 1, floor(6 * pow(({size} + 6) / 6.0, {draw}))::int - 6)"


def _people_sql(seed: int, people: int) -> str:
    """Two or three people share a household: an origin, a family name, a house and a postcode."""
    return f"""
        create table bulk_person as
        with drawn as (
            select
                i as person, i // 5 * 2 + (i % 5 > 2)::int as home,
                {in_sql(seed, "origin", "(i // 5 * 2 + (i % 5 > 2)::int)")} as u_origin,
                {in_sql(seed, "family", "(i // 5 * 2 + (i % 5 > 2)::int)")} as u_family,
                {in_sql(seed, "given", "i")} as u_given,
                if({in_sql(seed, "sex", "i")} < 0.5, 'F', 'M') as sex,
                date '1940-01-01' + (31000 * {in_sql(seed, "born", "i")})::int as born_on
            from range({people}) t(i)
        ),
        placed as (
            select
                d.*, o.origin,
                {_common_first("u_given", "if(sex = 'F', females, males)")} as given_place,
                {_common_first("u_family", "families")} as family_place,
                home // 388 % (select count(*) from family where origin = 'british') as street_place
            from drawn d join origin o on d.u_origin >= o.from_share and d.u_origin < o.until_share
        )
        select
            person, home, p.sex, born_on, g.name as forename, f.name as surname,
            (1 + home % 97)::varchar || ' ' || st.name || ' ' || (['Road', 'Street', 'Lane', 'Close'])[(1 + home // 97 % 4)::int] as address,
            'QX' || (1 + home // 20 % 98) || ' ' || (1 + home // 1960 % 9) ||
                substr('ABDEFGHJLNPQRSTUWXYZ', (1 + home // 17640 % 20)::int, 1) || substr('ABDEFGHJLNPQRSTUWXYZ', (1 + home // 352800 % 20)::int, 1)
                as postcode,
            '07000' || lpad(((person * 387421 + {seed % 1000}) % 1000000)::varchar, 6, '0') as phone
        from placed p
        join family st on st.origin = 'british' and st.place = p.street_place
        join given g on g.origin = p.origin and g.sex = p.sex and g.place = p.given_place
        join family f on f.origin = p.origin and f.place = p.family_place
    """


def _records_sql(seed: int, people: int, records: int) -> str:
    """Each record: whose it is, which agency's, and what became of the name, the birth date and the postcode."""
    agencies = ", ".join(f"'{agency}'" for agency in AGENCIES)
    first = f"case when i < {people} then i else (({people} * {in_sql(seed, 'again', 'i')})::bigint % {people}) end"
    return f"""
        create table bulk_record as
        select
            i as record, person, agency, 'R' || lpad(i::varchar, 8, '0') as ref,
            row_number() over (partition by person, agency order by i) - 1 as again,
            {_spelt(seed, "short_form", "forename", "misspelt_forename")} as forename,
            {_spelt(seed, "other_spelling", "surname", "misspelt_surname")} as surname,
            case
                when u_birth < {_rates("day_month_swapped")} and day(born_on) <= 12 then make_date(year(born_on), day(born_on), month(born_on))
                when u_birth < {_rates("day_month_swapped")} + {_rates("first_of_january")} then make_date(year(born_on), 1, 1)
                when u_birth < {_rates("day_month_swapped")} + {_rates("first_of_january")} + {_rates("year_off")} then (born_on - interval 1 year)::date
                when u_birth > 1 - {_rates("birth_missing")} then null
                else born_on
            end as born_on,
            sex, if(u_address < {_rates("address_missing")}, null, address) as address,
            if(u_address < {_rates("address_missing")} + {_rates("postcode_missing")}, null, postcode) as postcode,
            if({in_sql(seed, "phone", "i")} < {_rates("phone_missing")}, null, phone) as phone,
            date '2024-04-07' + (729 * {in_sql(seed, "received", "i")})::int as received_on
        from (
            select i, ({first})::bigint as key, ([{agencies}])[(1 + floor(4 * {in_sql(seed, "agency", "i")}))::int] as agency,
                {in_sql(seed, "spelling", "i")} as u_name, {in_sql(seed, "letter", "i")} as u_letter,
                {in_sql(seed, "birth", "i")} as u_birth, {in_sql(seed, "address", "i")} as u_address
            from range({records}) t(i)
        ) r
        join bulk_person p on p.person = r.key
        left join spelling given_way on given_way.name = p.forename
        left join spelling family_way on family_way.name = p.surname
    """


def _rates(error: str) -> str:
    cases = " ".join(f"when '{agency}' then {rate(error, agency)}" for agency in AGENCIES)
    return f"(case agency {cases} end)"


def _spelt(seed: int, way: str, column: str, error: str) -> str:
    """The name as written: another form of it, or with one letter left out, or as it is."""
    other = {"forename": "given_way.other", "surname": "family_way.other"}[column]
    cut = f"(2 + floor(u_letter * (length({column}) - 1)))::int"
    return f"""case
        when {in_sql(seed, way, "i")} < {_rates(way)} and {other} is not null then {other}
        when {in_sql(seed, error, "i")} < {_rates(error)} then substr({column}, 1, {cut} - 1) || substr({column}, {cut} + 1)
        else {column} end"""


def _write(connection: Any, folder: Path, agency: str, seed: int) -> None:
    sent = folder / "sent" / agency
    more = f", {_registration(seed)}" if agency == "police" else ""
    connection.execute(
        f"copy (select ref, forename, surname, born_on, sex, address, postcode, phone, received_on{more} from bulk_record "
        f"where agency = '{agency}' order by record) to '{sent / 'persons.parquet'}' (format parquet)"
    )
    connection.execute(
        f"copy (select ref || '-' || n as event, ref, {_kind(seed)} as kind, received_on - ({in_sql(seed, 'lag', 'record * 4 + n')} * 9)::int as day, "
        f"received_on, 'Contact' as title, {_text(seed)} as note from (select *, lead(forename || ' ' || surname, 7) over (order by record) as other from bulk_record "
        f"where agency = '{agency}'), range(1, {EVENTS_EACH + 1}) e(n) order by record, n) to '{sent / 'events.parquet'}' (format parquet)"
    )


def _kind(seed: int) -> str:
    draw = in_sql(seed, "kind", "record * 4 + n")
    whens = [f"when {draw} < {until} then '{kind}'" for kind, until in KINDS]
    return f"case {' '.join(whens)} end"


def _text(seed: int) -> str:
    """SQL for two sentences about the person of a record, for one event in ten."""
    draws = (in_sql(seed, f"sentence{number}", "record * 4 + n") for number in (1, 2))
    every = "(select list(words order by place) from sentence)"
    two = " || ' ' || ".join(f"{every}[1 + floor({draw} * len({every}))::int]" for draw in draws)
    filled = f"replace(replace({two}, '{{child}}', coalesce(forename || ' ' || surname, 'The child')), '{{other}}', coalesce(other, 'a friend'))"
    return f"case when {in_sql(seed, 'told', 'record * 4 + n')} < {TEXTS} then {filled} end"


def _registration(seed: int) -> str:
    """SQL for a plate with the memory tag QQ, which is never issued to a keeper, for one record in six."""
    letters = [
        f"substr('{PLATE_LETTERS}', (1 + floor({len(PLATE_LETTERS)} * {in_sql(seed, f'plate{place}', 'record')}))::int, 1)"
        for place in range(3)
    ]
    age = f"lpad((2 + floor(25 * {in_sql(seed, 'age', 'record')}))::int::varchar, 2, '0')"
    mark = " || ".join([f"'QQ' || {age} || ' '", *letters])
    return f"case when {in_sql(seed, 'car', 'record')} < {CARS} then {mark} end as registration"


def _settings(folder: Path, seed: int, *, is_shared: bool) -> None:
    settings = {
        "code": "bulk", "name": "Bulk", "example": {"seed": seed}, "stands_at": "2026-04-07T08:40:00+01:00",
        "agencies": {agency: {"title": agency.replace("_", " ").capitalize(), "kind": agency} for agency in AGENCIES},
        "agreements": {"PARTNERSHIP-1": {
            "title": "Timing", "agencies": list(AGENCIES), "cohorts": ["case"], "purposes": ["safeguarding_child"], "from": "2024-04-07",
        }},
    }  # fmt: skip
    write_whole(folder / "area.yaml", yaml.safe_dump(settings, sort_keys=False))
    template = (MAPPING / "agency.yaml").read_text(encoding="utf-8")
    for agency in AGENCIES:
        written_for = template.replace("AGENCY", agency)
        if is_shared and agency == "police":
            mapping = yaml.safe_load(written_for)
            mapping["files"]["shared"] = FILE
            mapping["covers"].append(
                {"kind": "intelligence", "from": "2024-04-07", "whom": "everybody in it"}
            )
            written_for = yaml.safe_dump(mapping, sort_keys=False)
        write_whole(folder / "mappings" / f"{agency}.yaml", written_for)

"""What else is known narrows a search: not known is not no, and what may not be seen counts for nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from engage.identities.models import Judgement, PersonAssignment
from engage.picture import queries
from engage.picture.rules import SearchResult, Sought
from engage.picture.search import living, names, numbers
from engage.picture.search.sounds import skeleton
from engage.vocabulary.access import Viewing
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
Maker = Callable[..., Viewing]
PEOPLE = """
    id | agency             | person | name       | alias | born       | address        | postcode | handling
    ---+--------------------+--------+------------+-------+------------+----------------+----------+---------
    1  | police             | AAA    | Sam Petal  |       | 2010-03-01 | 12 Reed Close  | QX1 1AA  |
    2  | police             | BBB    | Sam Petal  |       | 2009-05-05 | 4 Quay Road    | QX2 2BB  |
    3  | education          | CCC    | Sam Petal  |       |            |                |          |
    4  | childrens_services | DDD    | Sam Petal  |       |            | 14 Reed Close  | QX1 1AA  |
    5  | police             | DDD    | Samuel Ash |       | 2010-11-30 |                |          |
    6  | childrens_services | EEE    | Sam Petal  |       | 2001-01-01 | 9 Mill Lane    | QX1 1AC  |
    7  | police             | EEE    | Sam Petal  |       | 2010-01-01 | 16 Reed Close  | QX1 1AA  | C
    8  | police             | FFF    | Secret Ivy |       | 2010-01-01 | 20 Reed Close  | QX1 1AA  | C
    9  | education          | FFF    | Ivy Open   |       |            |                |          |
"""


@pytest.fixture
def town(world: World) -> World:
    world.people(PEOPLE).served()
    return world


def found(town: World, viewing: Viewing, words: str, **given: Any) -> SearchResult:
    return queries.search(viewing=viewing, build=town.warehouse.current(), sought=Sought(words, **given))


def ids(people: tuple[Any, ...]) -> list[str]:
    return [one.person_id for one in people]


def year(born: int) -> dict[str, date]:
    return {"born_from": date(born, 1, 1), "born_until": date(born + 1, 1, 1)}


def test_whom_the_software_joined_and_nobody_judged_is_told_to_be_so(town: World, viewing: Maker) -> None:
    def so() -> set[str]:
        result = found(town, viewing(), "Sam Petal")
        return {one.person_id for one in (*result.found, *result.unknown) if one.is_unjudged}

    assert so() == {"DDD"}
    records = sorted(town.named(name) for name in ("childrens_services/4", "police/5"))
    Judgement.objects.create(
        left_record_id=records[0], right_record_id=records[1], says="same", reason="one boy", kind="joined", needs=1,
        judged_by="mara", agency="police", judged_at=viewing().at,
    )  # fmt: skip
    assert so() == set()


@pytest.mark.parametrize(
    ("given", "fit", "not_known"),
    [
        (year(2010), ["AAA", "DDD"], ["CCC"]),
        (year(2009), ["BBB"], ["CCC"]),
        (year(1999), [], ["CCC"]),
        ({"born_from": date(2010, 3, 1), "born_until": date(2010, 3, 2)}, ["AAA"], ["CCC"]),
        ({"street": "reed close"}, ["AAA", "DDD"], ["CCC"]),
        ({"street": "Reed Clo"}, ["AAA", "DDD"], ["CCC"]),
        ({"street": "12 Reed Close"}, ["AAA"], ["CCC"]),
        ({"street": "QX1 1AA"}, ["AAA", "DDD"], ["CCC"]),
        ({"street": "nowhere"}, [], ["CCC"]),
        ({"agency": "police"}, ["AAA", "BBB", "DDD"], []),
        ({"agency": "education"}, ["CCC"], []),
        ({"agency": "police", **year(2010)}, ["AAA", "DDD"], []),
        ({"agency": "police", "street": "reed close", **year(2010)}, ["AAA", "DDD"], []),
        ({"street": "quay road", **year(2010)}, [], ["CCC"]),
    ],
)
def test_who_fits_and_of_whom_it_is_not_known(
    town: World, viewing: Maker, given: dict[str, Any], fit: list[str], not_known: list[str]
) -> None:
    result = found(town, viewing(), "Sam Petal", **given)

    assert ids(result.found) == fit
    assert ids(result.unknown) == not_known


def test_a_misspelt_name_is_narrowed_too(town: World, viewing: Maker) -> None:
    assert ids(found(town, viewing(), "Samm Pettel", **year(2009)).found) == ["BBB"]


def test_a_street_alone_with_a_year(town: World, viewing: Maker) -> None:
    assert ids(found(town, viewing(), "", street="Reed Close", **year(2010)).found) == ["AAA", "DDD"]


def test_what_may_not_be_seen_fits_nobody_and_speaks_against_nobody(town: World, viewing: Maker) -> None:
    for given in (year(2010), {"street": "Reed Close"}):
        assert ids(found(town, viewing(), "Ivy Open", **given).found) == []
        assert ids(found(town, viewing(), "Ivy Open", **given).unknown) == ["FFF"]
    assert ids(found(town, viewing(), "Ivy Open", agency="police").found) == []
    own = viewing(role="detective", agency="police")
    assert ids(found(town, own, "Ivy Open", **year(2010)).found) == ["FFF"]
    assert ids(found(town, own, "Ivy Open", street="Reed Close").found) == ["FFF"]


def test_a_judgement_since_the_build_counts(town: World, viewing: Maker) -> None:
    PersonAssignment.objects.create(
        record_id="zz:police:persons:1", person_id="CCC", assigned_at=viewing().at, cause="judgement"
    )

    assert ids(found(town, viewing(), "Sam Petal", **year(2010)).found) == ["CCC", "DDD"]
    assert ids(found(town, viewing(), "Sam Petal", street="12 Reed Close").found) == ["CCC"]


def test_of_many_namesakes_those_who_fit_are_read(world: World, viewing: Maker) -> None:
    lines = "".join(f"{n} | police | P{n:03} | Sam Petal | {1900 + n % 90}-01-01\n" for n in range(700))
    world.people(f"id | agency | person | name | born\n---+---+---+---+---\n{lines}").served()

    assert ids(found(world, viewing(), "Sam Petal", **year(1989)).found) == [
        f"P{n:03}" for n in range(89, 700, 90)
    ]


def test_namesakes_of_another_spelling_leave_room_for_other_names(world: World, viewing: Maker) -> None:
    lines = "".join(f"{n} | police | P{n:03} | Jac Petal\n" for n in range(60))
    world.people(
        f"id | agency | person | name\n---+---+---+---\n{lines}99 | police | ZED | Jack Petal"
    ).served()
    result = found(world, viewing(), "Jacc Petal")

    assert "ZED" in ids(result.found)
    assert result.is_cut
    assert len(found(world, viewing(), "Jac Petal").found) == 30


def test_of_more_rows_than_are_read_it_is_said_that_there_are_more(world: World, viewing: Maker) -> None:
    agencies = ("police", "health", "education", "childrens_services")
    rows = [(f"{n}{at}", agency, n) for n in range(40) for at, agency in enumerate(agencies)]
    lines = "\n".join(f"{record} | {agency} | P{n:02} | Sam Petal | 2010-03-01" for record, agency, n in rows)
    world.people(f"id | agency | person | name | born\n---+---+---+---+---\n{lines}").served()
    result = found(world, viewing(), "Sam Petal", **year(2010))

    assert 0 < len(result.found) < 30
    assert result.is_cut
    assert not found(world, viewing(), "Sam Petal", **year(1999)).is_cut


def test_a_street_is_found_by_its_rarest_word_however_many_have_the_others(
    world: World, viewing: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbers, "COUNTED_FIRST", 2)
    monkeypatch.setattr(numbers, "ROWS_MOST", 6)
    lines = "".join(f"{n} | police | P{n} | Ida Petal | {n} Elder Road\n" for n in range(1, 9))
    lines += "".join(f"{n} | police | P{n} | Sam Petal | {n} Victoria Road\n" for n in range(91, 94))
    world.people(f"id | agency | person | name | address\n---+---+---+---+---\n{lines}").served()

    assert ids(found(world, viewing(), "Sam Petal", street="Victoria Road").found) == ["P91", "P92", "P93"]


def namesakes(count: int, name: str = "Sam Petal", street: str = "Mill Lane") -> str:
    return "".join(f"{n} | police | P{n:03} | {name} | {n} {street}\n" for n in range(count))


HEAD = "id | agency | person | name | address\n---+---+---+---+---\n"


def test_of_more_namesakes_elsewhere_than_are_read_who_has_no_known_address_is_not_left_out(
    world: World, viewing: Maker
) -> None:
    world.people(f"{HEAD}{namesakes(130)}900 | education | ZED | Sam Petal |").served()

    for street in ("Reed Close", "nowhere"):
        assert ids(found(world, viewing(), "Sam Petal", street=street).unknown) == ["ZED"]


def test_on_a_street_who_is_called_so_is_found_among_more_names_than_are_compared(
    world: World, viewing: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "COMPARED_MOST", 3)
    given = ("Ada", "Bela", "Cyril", "Dinah", "Ezra", "Flora", "Zora")
    lines = "".join(f"{n} | police | P{n} | {name} Khan | {n} Mill Lane |\n" for n, name in enumerate(given))
    hidden = "900 | police | HID | Yana Khan | 4 Reed Close | C"
    world.people(
        f"id | agency | person | name | address | handling\n---+---+---+---+---+---\n{lines}901 | education | ZED | Zora Khan | 2 Reed Close |\n{hidden}"
    ).served()
    result = found(world, viewing(), "Khan", street="Reed Close")

    assert ids(result.found) == ["ZED"]
    assert result.is_cut
    assert found(world, viewing(), "Khan").is_cut
    assert ids(
        found(world, viewing(role="detective", agency="police"), "Khan", street="Reed Close").found
    ) == ["HID", "ZED"]


def test_who_lives_on_a_street_of_more_addresses_than_are_read_is_found_there(
    world: World, viewing: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbers, "PLACES_MOST", 2)
    monkeypatch.setattr(living, "PLACES_MOST", 2)
    lines = "".join(f"{n} | police | P{n} | Ida Petal | {n} High Street\n" for n in range(1, 9))
    world.people(
        f"{HEAD}{lines}9 | police | P9 | Sam Petal | 9 High Street\n10 | police | P0 | Sam Petal | 3 Mill Lane"
    ).served()
    result = found(world, viewing(), "Sam Petal", street="High Street")

    assert (ids(result.found), ids(result.unknown)) == (["P9"], [])


def test_where_more_live_than_are_read_it_is_said_that_there_may_be_more(
    world: World, viewing: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.people(f"{HEAD}{namesakes(130)}").served()
    assert not found(world, viewing(), "Sam Petal", street="Reed Close").is_cut
    monkeypatch.setattr(living, "PLACES_MOST", 0)
    assert found(world, viewing(), "Sam Petal", street="Reed Close").is_cut


@pytest.mark.parametrize(
    ("address", "name", "judged", "person"),
    [
        pytest.param("Ida Ash", "", 901, "AAA", id="the name goes to the address"),
        pytest.param("Ida Ash", "", 900, "BBB", id="the address goes to the name"),
        pytest.param(
            "", "900 Mill Lane", 900, "BBB", id="an address without a name goes to a name elsewhere"
        ),
    ],
)
def test_an_address_and_a_name_that_were_judged_to_be_one_person_are_found_together(
    world: World, viewing: Maker, address: str, name: str, judged: int, person: str
) -> None:
    given = f"900 | police | AAA | {address} | 12 Reed Close\n901 | police | BBB | Sam Petal | {name}"
    world.people(f"{HEAD}{namesakes(130)}{given}").served()
    assert ids(found(world, viewing(), "Sam Petal", street="Reed Close").found) == []
    PersonAssignment.objects.create(
        record_id=f"zz:police:persons:{judged}",
        person_id=person,
        assigned_at=viewing().at,
        cause="judgement",
    )

    assert ids(found(world, viewing(), "Sam Petal", street="Reed Close").found) == [person]


@pytest.mark.parametrize("others", [0, 130])
@pytest.mark.parametrize("words", ["Samuel Petal", "S Petal"])
def test_on_a_street_who_bears_the_words_in_two_names_is_found(
    world: World, viewing: Maker, others: int, words: str
) -> None:
    given = "900 | police | AAA | Samuel Reed | 12 Reed Close\n901 | health | AAA | Ida Petal |"
    world.people(f"{HEAD}{namesakes(others)}{given}").served()

    assert ids(found(world, viewing(), words, street="Reed Close").found) == ["AAA"]


def test_a_hidden_address_brings_nobody_nearer(world: World, viewing: Maker) -> None:
    lines = "".join(f"{n}{at} | health | P{n:02} | Sam Petal | |\n" for n in range(17) for at in range(4))
    hidden = "900 | education | ZZZ | Sam Petal | |\n901 | police | ZZZ | Secret Ivy | 20 Reed Close | C"
    world.people(
        f"id | agency | person | name | address | handling\n---+---+---+---+---+---\n{lines}{hidden}"
    ).served()
    there, elsewhere = (
        found(world, viewing(), "Sam Petal", street=street) for street in ("Reed Close", "Quay Road")
    )

    assert (there.found, there.unknown, there.is_cut) == (
        elsewhere.found,
        elsewhere.unknown,
        elsewhere.is_cut,
    )


def test_of_many_namesakes_elsewhere_whose_only_address_ended_is_of_unknown_address(
    world: World, viewing: Maker
) -> None:
    lines = namesakes(70).replace("Lane\n", "Lane |\n")
    world.people(
        "id | agency | person | name | address | until\n---+---+---+---+---+---\n"
        f"{lines}900 | education | ZED | Sam Petal | 1 Mill Lane | 2026-02-01"
    ).served()

    assert ids(found(world, viewing(), "Sam Petal", street="Reed Close").unknown) == ["ZED"]


@pytest.mark.parametrize("is_judged", [False, True])
def test_among_many_namesakes_who_was_born_then_by_another_record_is_found(
    world: World, viewing: Maker, is_judged: bool
) -> None:
    lines = "".join(f"{n} | police | P{n:03} | Sam Petal | 1950-01-01\n" for n in range(70))
    other = "YYY" if is_judged else "XXX"
    world.people(
        "id | agency | person | name | born\n---+---+---+---+---\n"
        f"{lines}900 | police | XXX | Sam Petal | 1950-01-01\n901 | health | {other} | Ida Ash | 1989-01-01"
    ).served()
    if is_judged:
        assert ids(found(world, viewing(), "Sam Petal", **year(1989)).found) == []
        PersonAssignment.objects.create(
            record_id="zz:health:patients:901", person_id="XXX", assigned_at=viewing().at, cause="judgement"
        )

    assert ids(found(world, viewing(), "Sam Petal", **year(1989)).found) == ["XXX"]


def test_among_many_namesakes_whose_birth_is_no_longer_said_is_one_of_whom_it_is_not_known(
    world: World, viewing: Maker
) -> None:
    lines = "".join(f"{n} | police | P{n:03} | Sam Petal | 1950-01-01 |\n" for n in range(70))
    ended = "900 | police | XXX | Sam Petal | 1950-01-01 | 2026-02-01\n901 | health | XXX | Ida Ash | |"
    world.people(
        f"id | agency | person | name | born | until\n---+---+---+---+---+---\n{lines}{ended}"
    ).served()

    assert ids(found(world, viewing(), "Sam Petal", **year(1989)).unknown) == ["XXX"]


def test_a_number_and_a_street_where_somebody_was_judged_since(world: World, viewing: Maker) -> None:
    given = "900 | police | AAA | Ida Ash | 12 Reed Close\n901 | police | BBB | Sam Petal |"
    world.people(f"{HEAD}{given}").served()
    PersonAssignment.objects.create(
        record_id="zz:police:persons:901", person_id="AAA", assigned_at=viewing().at, cause="judgement"
    )

    assert ids(found(world, viewing(), "07000 900123", street="Reed Close").found) == []


def test_of_more_namesakes_than_are_shown_nobody_comes_first_for_an_age(world: World, viewing: Maker) -> None:
    lines = "".join(f"{n} | police | P{n:03} | Sam Petal | {2020 - n}-01-01\n" for n in range(100))
    world.people(f"id | agency | person | name | born\n---+---+---+---+---\n{lines}").served()

    assert ids(found(world, viewing(), "Sam Petal").found) == [f"P{n:03}" for n in range(30)]


def test_whose_birth_is_known_to_some_years_only_is_found_among_many_namesakes(
    world: World, viewing: Maker
) -> None:
    lines = "".join(f"{n} | police | P{n:03} | Sam Petal | 1950-01-01 | 1950-01-02\n" for n in range(100))
    world.people(
        "id | agency | person | name | born | before\n---+---+---+---+---+---\n"
        f"{lines}900 | police | YYY | Sam Petal | 1988-01-01 | 1990-01-01\n901 | police | ZZZ | Sam Petal | 1980-01-01 | 1990-01-01"
    ).served()

    assert ids(found(world, viewing(), "Sam Petal", **year(1989)).found) == ["YYY", "ZZZ"]
    assert ids(found(world, viewing(), "Sam Petal", **year(1985)).found) == ["ZZZ"]


def test_whoever_lived_there_once_fits_and_who_only_lives_elsewhere_does_not(
    town: World, viewing: Maker
) -> None:
    assert numbers.is_at("reed close")("12 reed close|QX1 1AA")
    for words in ("QX1 1AA", "qx11aa", "QX1", "12 reed close", "Reed Clo"):
        assert numbers.is_at(words)("12 reed close|QX1 1AA"), words
    for words in ("14 Reed Close", "QX2", "close reed street", "", "12", "reed"):
        assert numbers.is_at(words)("12 reed close|QX1 1AA") is (words == "reed"), words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("qasim", "kassim"), ("yusuf", "youssef"), ("ivanov", "ivanoff"), ("szymanski", "shimansky"), ("choudhury", "chaudhry"),
        ("kowalczyk", "kovalchik"), ("macdonald", "mcdonald"), ("philip", "filip"), ("imran", "emran"), ("muhammad", "mohamed"),
        ("zainab", "saynab"), ("siobhan", "shioban"), ("ahmed", "ahmet"),
    ],
)  # fmt: skip
def test_one_sound_written_in_two_ways_is_one(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other) != ""


@pytest.mark.parametrize(("one", "other"), [("smith", "jones"), ("mary", "martha"), ("khan", "hahn")])
def test_other_sounds_are_not(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)

"""Does FollowTheMoney's own library read every entity of a chart that is written for it?

The library needs PyICU, which is compiled where it is installed: `requirements/readers.txt`, by `make test`. Where that is not possible these are skipped, and
tests/spec/networks/test_chart_files.py alone holds the export against the properties of the schemas.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from engage.networks.charts import queries
from engage.networks.charts.exports import ftm
from engage.networks.charts.rules import BETWEEN, NIGHTS, Question
from engage.vocabulary.access import Viewing
from tests.spec.picture.drawing import World


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PEOPLE = """
    id | agency             | person | name         | born       | address              | phone
    1  | childrens_services | ANA    | Ana Petal    | 2010-03-01 | 3 Weir Lane, Ashdown |
    2  | police             | ANA    | =Ana  Petal  | 2010-03-01 |                      |
    3  | police             | BEA    | O'Reed-Śmith | 2011-05-05 |                      | 07700900123
    4  | police             | MAX    | Max & Tarn   | 1998-01-01 |                      | 07911123456
    5  | police             | CAT    | @cat         |            |                      | +48601234567
"""
EVENTS = """
    id | agency | who                                 | kind    | title       | when             | plate   | place     | grade
    e1 | police | police/2 passenger, police/4 driver | stop    | Stop <a&b>  | 2026-02-01       | QQ11ABC |           | 3DP
    e2 | police | police/3 passenger, police/4 driver | stop    |             | 2026-02-02       | QQ11ABC | Weir Flat | 2BP
    e3 | police | police/5 witness, police/3 victim   | crime   | Theft       | 2025-11-05       |         | Weir Flat |
    e4 | police | police/4 subject, police/3 victim   | crime   | When?       |                  |         |           |
    m1 | police | police/2 missing person             | missing |             | 2026-03-07 20:00 |         |           |
    f1 | police | police/2 missing person             | found   |             | 2026-03-08 09:00 |         |           |
    m2 | police | police/3 missing person             | missing |             | 2026-03-07 22:00 |         |           |
    f2 | police | police/3 missing person             | found   |             | 2026-03-08 08:00 |         |           |
"""
ANA, BEA, MAX, CAT = (("person", who) for who in ("ANA", "BEA", "MAX", "CAT"))
QUESTIONS = (
    Question(about=(ANA,), expand=(BEA, MAX, CAT)),
    Question(about=(("place", "weir flat"),)),
    Question(BETWEEN, (ANA, BEA), is_longer=True),
    Question(NIGHTS, (), date(2026, 3, 7), date(2026, 3, 8)),
)
Told = dict[str, Any]


@pytest.fixture(scope="module")
def model() -> Any:
    """The library's model of what there is. It warns of what others than we have to mend."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        library = pytest.importorskip(
            "followthemoney", reason="FollowTheMoney is not installed: make .ready/readers"
        )
    return library.model


@pytest.fixture
def entities(area: Any, db: None, viewing: Callable[..., Viewing]) -> Callable[[Question], list[Told]]:
    """What is written of the answer to a question, as an analyst of the police takes it away."""
    world = World(area).people(PEOPLE).events(EVENTS).ties("""
        agency | from     | kind     | to
        police | police/5 | uncle of | police/2
    """)  # fmt: skip
    world.served()
    build = world.warehouse.current()

    def written(question: Question) -> list[Told]:
        who = viewing(role="analyst", agency="police")
        chart = queries.chart_to_take_away(viewing=who, build=build, question=question)
        return [json.loads(line) for line in ftm.as_lines(chart).decode().splitlines()]

    return written


def kept(model: Any, one: Told) -> Told:
    """What the library reads of an entity when it trusts none of it: unknown properties and values that are not valid are gone, others are put right."""
    read = model.get_proxy(one, cleaned=False).to_dict()
    return {name: sorted(values) for name, values in read["properties"].items()}


@pytest.mark.parametrize("question", QUESTIONS, ids=("around", "place", "between", "nights"))
def test_the_library_reads_every_entity_whole_and_as_it_was_written(
    model: Any, entities: Callable[[Question], list[Told]], question: Question
) -> None:
    found = entities(question)
    assert len(found) > 2
    by_id = {one["id"]: one for one in found}
    assert len(by_id) == len(found)
    for one in found:
        schema = model.get(one["schema"])
        assert schema is not None, one
        assert set(schema.required) <= set(one["properties"]), one
        for name in one["properties"]:
            assert name in schema.properties, f"{one['schema']} has no {name}"
            assert not schema.properties[name].stub
            assert not schema.properties[name].deprecated
        schema.validate(one)
        assert kept(model, one) == {name: sorted(values) for name, values in one["properties"].items()}
        if schema.edge:
            for end in (schema.source_prop, schema.target_prop):
                (other,) = one["properties"][end.name]
                assert model.get(by_id[other]["schema"]).is_a(end.range)


def test_every_kind_of_node_is_written_and_a_phone_that_can_be_rung_has_its_number(
    entities: Callable[[Question], list[Told]],
) -> None:
    found = entities(QUESTIONS[0])
    assert {one["schema"] for one in found} == {"Person", "Vehicle", "Address", "UserAccount", "Event", "UnknownLink"}  # fmt: skip
    phones = {
        one["properties"]["username"][0]: one["properties"].get("phone")
        for one in found
        if one["schema"] == "UserAccount"
    }
    assert phones == {
        "07700900123": None,
        "07911123456": ["+447911123456"],
        "+48601234567": ["+48601234567"],
    }


def test_an_entity_has_the_same_id_in_every_chart(entities: Callable[[Question], list[Told]]) -> None:
    named = [
        {one["properties"]["name"][0]: one["id"] for one in entities(question) if "name" in one["properties"]}
        for question in QUESTIONS[:2]
    ]
    both = named[0].keys() & named[1].keys()
    assert {"Max & Tarn", "QQ11ABC"} <= both
    assert [name for name in both if named[0][name] != named[1][name]] == []


def test_what_the_library_does_not_know_would_be_found(model: Any) -> None:
    """So that the tests above can fail: the library drops a property of another schema and a number that is given out to nobody."""
    wrong = {"number": ["+447911123456"], "phone": ["+447700900123"], "username": ["x"]}
    assert kept(model, {"id": "a", "schema": "UserAccount", "properties": wrong}) == {"username": ["x"]}

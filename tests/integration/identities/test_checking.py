"""Is somebody who is asked about found as linking would find them, with the weight that linking would give?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engage.governance.models import AuditEvent
from engage.identities import actions, queries
from engage.identities.checking import answering
from engage.identities.checking.asking import Asked, Malformed, as_record
from engage.identities.checking.looking import checks
from engage.identities.checking.rules import NothingAsked
from tests.spec.identities.towns import drawn


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TOWN = drawn("""
    id | forename | surname   | born       | sex    | address     | phone       | nhs_number | agency    | handling
    a  | Maud     | Tarrant   | 2010-05-17 | female | 3 Weir Lane | 07000999001 | 9990000018 | police    |
    b  | Maudie   | Tarrant   | 2010-05-17 | female | 3 Weir Lane |             | 9990000018 | police    |
    c  | Edith    | Oakhanger | 2009-02-03 | female | 9 Mill Lane |             |            | police    |
    d  | Edyth    | Oakhangar | 2009-03-02 | female | 9 Mill Lane |             |            | education |
    t  | Clara    | Tarrant   | 2010-05-17 | female | 3 Weir Lane | 07000999001 |            | police    |
    s  | Silvia   | Veale     | 1990-04-05 | female | 7 Kiln Row  |             |            | police    | C
    p  | Maud     |           | 2009-09-01..2010-09-01 | female |      |             |            | police    |
""")
MAUD = Asked(
    forename="Maud",
    surname="Tarant",
    born_from=date(2010, 5, 17),
    born_until=date(2010, 5, 18),
    address="3, Weir Lane",
)


@pytest.fixture
def served(town):
    town.made(TOWN)
    return town


def _rows(served, sql: str) -> list[dict[str, Any]]:
    cursor = served.build.analysis()
    try:
        found = cursor.execute(sql)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    finally:
        cursor.close()


def test_every_pair_of_the_build_weighs_the_same_one_record_at_a_time(served) -> None:
    records = {
        row["record_id"]: row for row in _rows(served, "select * from link_record where not is_partial")
    }
    pairs = _rows(served, "select * from link_pair")
    against = checks(served.build.folder)
    laid = dict(enumerate(against.records(list(range(1, 500))), start=1))
    assert len(laid) == len(_rows(served, "select 1 from link_record"))

    compared = 0
    for pair in pairs:
        left, right = (records.get(pair[f"{side}_record_id"]) for side in ("left", "right"))
        if left is None or right is None:
            continue
        near = {one.record_id: one.weighed for one in against.near(laid[right["record_number"]], least=-100)}
        weighed = near[left["record_id"]]
        assert weighed.weight == pytest.approx(pair["weight"], abs=0.01)
        assert weighed.refusal == (pair["refusal"] if pair["refusal"] != "sole" else "thin")
        assert all(pair[f"{name}_level"] == level for name, level in weighed.levels.items())
        compared += 1
    assert compared > 15


def test_a_pair_of_half_a_name_weighs_what_it_weighs_alone(served) -> None:
    """Whichever other half names there are: how usual a name is is counted among all records."""
    numbers = {row["record_id"]: row["record_number"] for row in _rows(served, "select * from link_record")}
    half = "zz:police:persons:p"
    pairs = [
        pair
        for pair in _rows(served, "select * from link_pair")
        if half in (pair["left_record_id"], pair["right_record_id"])
    ]
    against = checks(served.build.folder)

    assert pairs
    for pair in pairs:
        left, right = (
            next(iter(against.records([numbers[pair[f"{side}_record_id"]]]))) for side in ("left", "right")
        )
        assert against.weigh(left, right).weight == pytest.approx(pair["weight"], abs=0.01)


def test_what_is_typed_is_cleaned_as_records_are(served) -> None:
    (kept,) = _rows(served, "select * from link_record where record_id = 'zz:police:persons:a'")
    asked = as_record(
        Asked(
            forename=" MAUD", surname="Tarrant", born_from=date(2010, 5, 17), born_until=date(2010, 5, 18), sex="Female", address="3 Weir Lane",
            phone="07000 999 001", nhs_number="999 000 0018", agency="police", file="persons",
        ),
        usual_days=frozenset(),
    )  # fmt: skip
    counted = ("address_records", "forename_share", "surname_share")

    assert {name: kept[name] for name in asked if name not in counted} == {
        name: value for name, value in asked.items() if name not in counted
    }


def test_a_day_that_stands_for_not_known_is_no_day() -> None:
    new_year = Asked(surname="Veale", born_from=date(2010, 1, 1), born_until=date(2010, 1, 2))
    usual = Asked(surname="Veale", born_from=date(2010, 7, 1), born_until=date(2010, 7, 2))

    for asked in (new_year, usual):
        record = as_record(asked, usual_days=frozenset({date(2010, 7, 1)}))
        assert record["birth_on"] is None
        assert (record["birth_from"], record["birth_until"]) == (date(2010, 1, 1), date(2011, 1, 1))


def test_who_is_known_comes_first_with_what_was_found_field_by_field(served, viewing) -> None:
    found = queries.check(viewing=viewing(role="detective", agency="police"), build=served.build, asked=MAUD)

    first = found.candidates[0]
    assert first.person_id == served.today()["zz:police:persons:a"]
    assert first.record_ids == ("zz:police:persons:a", "zz:police:persons:b")
    assert {f.field: f.level.text for f in first.fields}["surname"] == "spelt almost alike"
    assert first.weight > 3
    assert [one.weight for one in found.candidates] == sorted(
        (one.weight for one in found.candidates), reverse=True
    )


def test_nobody_is_told_of_what_they_may_not_see(served, viewing) -> None:
    silvia = Asked(
        forename="Silvia", surname="Veale", born_from=date(1990, 4, 5), born_until=date(1990, 4, 6)
    )
    theirs = queries.check(
        viewing=viewing(role="detective", agency="police"), build=served.build, asked=silvia
    )
    others = queries.check(
        viewing=viewing(role="social_worker", agency="childrens_services"), build=served.build, asked=silvia
    )

    assert [one.record_ids for one in theirs.candidates] == [("zz:police:persons:s",)]
    assert others.candidates == ()


def test_who_they_are_follows_what_was_judged_since_the_build(served, viewing) -> None:
    look = viewing(role="detective", agency="police")
    actions.judge(
        viewing=look, build=served.build, left="zz:police:persons:a", right="zz:police:persons:b", says="different", reason="two girls"
    )  # fmt: skip

    found = queries.check(viewing=look, build=served.build, asked=MAUD)

    today = served.today()
    assert {one.person_id for one in found.candidates} >= {
        today["zz:police:persons:a"],
        today["zz:police:persons:b"],
    }


def test_nothing_given_is_refused_with_what_to_give(served, viewing) -> None:
    with pytest.raises(NothingAsked, match="Nothing was given"):
        queries.check(viewing=viewing(), build=served.build, asked=Asked(sex="female", agency="police"))


@pytest.mark.parametrize(
    "asked",
    [
        Asked(sex="female"),
        Asked(postcode="QX1 1AA"),
        Asked(born_from=date(2010, 5, 17), born_until=date(2010, 5, 18)),
    ],
)
def test_what_leads_to_nobody_is_refused(served, viewing, asked) -> None:
    with pytest.raises(NothingAsked):
        queries.check(viewing=viewing(), build=served.build, asked=asked)


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        (Asked(phone="07000 999 001"), ("phone",)),
        (Asked(address="3 Weir Lane"), ("address",)),
        (Asked(surname="Quennell", address="3, Weir Lane"), ("address",)),
    ],
)
def test_who_holds_exactly_what_was_given_is_told_though_it_is_not_enough(
    served, viewing, monkeypatch, asked, holds
) -> None:
    # In so small a town one telephone already speaks for a person; in a great one it does not.
    monkeypatch.setattr(answering, "LEAST", 60.0)
    found = queries.check(viewing=viewing(role="detective", agency="police"), build=served.build, asked=asked)

    today = served.today()
    assert found.candidates == ()
    assert {one.person_id for one in found.holders} == {
        today["zz:police:persons:a"],
        today["zz:police:persons:t"],
    }
    assert {one.holds for one in found.holders} == {holds}
    assert not found.is_nobody
    logged = AuditEvent.objects.filter(action="identities.check").latest("id").subject
    assert set(logged.split(",")) == {one.person_id for one in found.holders}


def test_a_holder_who_may_not_be_seen_is_not_told(served, viewing, monkeypatch) -> None:
    monkeypatch.setattr(answering, "LEAST", 60.0)
    asked = Asked(address="7 Kiln Row")
    own = queries.check(viewing=viewing(role="detective", agency="police"), build=served.build, asked=asked)
    other = queries.check(viewing=viewing(), build=served.build, asked=asked)

    assert [one.record_ids for one in own.holders] == [("zz:police:persons:s",)]
    assert other.is_nobody
    assert other.to_ask == ()


def test_what_may_not_be_seen_takes_no_place_from_what_may(served, viewing, monkeypatch) -> None:
    monkeypatch.setattr(answering, "LOOKED_AT", 1)
    found = queries.check(viewing=viewing(role="detective", agency="police"), build=served.build, asked=MAUD)
    assert len(found.candidates) > 1
    assert not found.has_more

    monkeypatch.setattr(answering, "SHOWN", 1)
    found = queries.check(viewing=viewing(role="detective", agency="police"), build=served.build, asked=MAUD)
    assert len(found.candidates) == 1
    assert found.has_more


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("nhs_number", "123"),
        ("upn", "A12"),
        ("pnc_id", "none"),
        ("phone", "12"),
        ("email", "maud"),
        ("postcode", "QX"),
        ("address", "3"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(served, viewing, field, written) -> None:
    with pytest.raises(Malformed, match=f"“{written}” is no") as error:
        queries.check(
            viewing=viewing(), build=served.build, asked=Asked(surname="Tarrant", **{field: written})
        )
    assert error.value.field == field
    assert "leave it empty" in str(error.value.remedy)


@pytest.mark.parametrize("first", [date(9999, 1, 1), date(1900, 1, 1), date(1, 1, 1)])
def test_a_day_on_which_nobody_can_be_born_is_not_known(first) -> None:
    record = as_record(
        Asked(surname="Veale", born_from=first, born_until=date.fromordinal(first.toordinal() + 1)),
        usual_days=frozenset(),
    )
    assert (record["birth_on"], record["birth_from"], record["birth_until"]) == (None, None, None)


def test_half_a_name_is_one_of_two_names_only(served, viewing) -> None:
    for asked, is_half in (
        (Asked(surname="Tarrant"), True),
        (Asked(phone="07000999001"), False),
        (Asked(address="3 Weir Lane"), False),
        (MAUD, False),
    ):
        found = queries.check(viewing=viewing(), build=served.build, asked=asked)
        assert found.is_half_name == is_half


def test_the_fields_of_everybody_found_add_up_from_one_starting_point(served, viewing) -> None:
    found = queries.check(viewing=viewing(role="detective", agency="police"), build=served.build, asked=MAUD)

    starts = {round(one.weight - sum(field.weight for field in one.fields), 6) for one in found.candidates}
    assert len(found.candidates) > 1
    assert len(starts) == 1
    assert any(field.field == "household" for one in found.candidates for field in one.fields)
    assert all(one.chance is None or 0 <= one.chance <= 1 for one in found.candidates)
    assert found.candidates[0].chance is not None

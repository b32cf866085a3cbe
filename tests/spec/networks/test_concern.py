"""What is of concern, by small drawn tables of lines: who is listed, what is set aside, in which order; and never by anything but the lines."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.networks.concern import Concern, Words, concern
from engage.networks.rules import Line
from tests.spec.identities.towns import drawn


WORDS = Words(frozenset({"dwelling"}), frozenset({"suspect"}))


def lines(table: str) -> list[Line]:
    """who | thing | key | how | record | agency | on, and any of of_kind, strength, aside. Who begins with a small letter is a child."""
    return [
        Line(
            person_id=row["who"], thing=row["thing"], key=row["key"], how=row.get("how") or "subject", strength=row.get("strength") or "confirmed",
            aside=row.get("aside", ""), record_id=row["record"], agency=row.get("agency") or "police",
            on=date.fromisoformat(row["on"]) if row.get("on") else None, is_child=row["who"][0].islower(), of_kind=row.get("of_kind", ""),
        )
        for row in drawn(table)
    ]  # fmt: skip


def worked_out(some: list[Line], kin: set[tuple[str, str]] = frozenset()) -> Concern:
    return concern(some, kin, {line.person_id for line in some if line.is_child}, WORDS)


def listed(found: Concern) -> dict[str, list[str]]:
    return {kind: [one.key for one in some] for kind, some in found.found.items() if some}


TWO_CHILDREN = """
    who | thing | key | record | on
    Max | event | e1  | e1     | 2026-01-01
    ana | event | e1  | e1     | 2026-01-01
    Max | event | e2  | e2     | 2026-02-01
    bea | event | e2  | e2     | 2026-02-01
"""


@pytest.mark.parametrize(
    ("table", "people"),
    [
        pytest.param(TWO_CHILDREN, ["Max"], id="two children in two records"),
        pytest.param(
            """
            who | thing | key | record | on
            Max | event | e1  | e1     | 2026-01-01
            ana | event | e1  | e1     | 2026-01-01
            bea | event | e1  | e1     | 2026-01-01
            """,
            [],
            id="two children in one record are one piece of evidence",
        ),
        pytest.param(
            """
            who | thing   | key | record | on
            Max | event   | e1  | e1     | 2026-01-01
            ana | event   | e1  | e1     | 2026-01-01
            ana | vehicle | car | e2     | 2026-01-02
            bea | vehicle | car | e3     | 2026-01-03
            Max | vehicle | car | e4     | 2026-01-04
            """,
            ["Max"],
            id="a vehicle that links two children",
        ),
        pytest.param(
            """
            who | thing   | key | record | on
            Max | event   | e1  | e1     | 2026-01-01
            ana | event   | e1  | e1     | 2026-01-01
            """,
            [],
            id="one child alone",
        ),
        pytest.param(
            """
            who | thing | key | how     | record | on
            Max | phone | one | uses    | p1     |
            ana | phone | one | uses    | p2     |
            Max | phone | two | uses    | p3     |
            bea | phone | two | uses    | p4     |
            """,
            [],
            id="numbers that both gave as their own are a household's",
        ),
        pytest.param(
            """
            who | thing | key  | record | on
            Max | place | shop | e1     | 2026-01-01
            ana | place | shop | e2     | 2026-01-02
            bea | place | shop | e3     | 2026-01-03
            """,
            [],
            id="a place ties nobody to a child",
        ),
        pytest.param(
            """
            who | thing | key | record | on         | aside
            Max | event | e1  | e1     | 2026-01-01 | work
            ana | event | e1  | e1     | 2026-01-01 |
            Max | event | e2  | e2     | 2026-02-01 | work
            bea | event | e2  | e2     | 2026-02-01 |
            """,
            [],
            id="what is set aside does not count",
        ),
        pytest.param(
            """
            who | thing | key | record | on         | aside
            Max | event | e1  | e1     | 2026-01-01 | work
            cat | event | e1  | e1     | 2026-01-01 |
            Max | event | e2  | e2     | 2026-02-01 |
            ana | event | e2  | e2     | 2026-02-01 |
            Max | event | e3  | e3     | 2026-03-01 |
            bea | event | e3  | e3     | 2026-03-01 |
            """,
            ["Max"],
            id="evidence outside the role counts in full",
        ),
        pytest.param(
            """
            who | thing | key | record | on
            max | event | e1  | e1     | 2026-01-01
            ana | event | e1  | e1     | 2026-01-01
            max | event | e2  | e2     | 2026-02-01
            bea | event | e2  | e2     | 2026-02-01
            """,
            [],
            id="a child is listed among children only",
        ),
    ],
)
def test_who_is_of_concern(table: str, people: list[str]) -> None:
    assert listed(worked_out(lines(table))).get("person", []) == people


def test_family_is_set_aside_and_is_no_reason_to_be_listed_as_not_counted() -> None:
    found = worked_out(lines(TWO_CHILDREN), {("Max", "ana"), ("Max", "bea")})
    assert listed(found) == {}
    assert found.not_counted == ()


def test_whom_of_the_family_a_record_outside_the_home_accuses_is_on_the_list_of_what_is_not_counted() -> None:
    table = """
        who | thing | key | how     | record | on         | aside
        Max | event | e1  | suspect | e1     | 2026-01-01 | {}
        ana | event | e1  | victim  | e1     | 2026-01-01 |
    """
    accused = worked_out(lines(table.format("")), {("Max", "ana")})
    assert [(one.key, [why for why, _link in one.aside]) for one in accused.not_counted] == [
        ("Max", ["family"])
    ]
    assert worked_out(lines(table.format("household")), {("Max", "ana")}).not_counted == ()


def test_whom_the_setting_aside_alone_keeps_off_is_on_the_list_of_what_is_not_counted_with_why() -> None:
    found = worked_out(
        lines("""
            who | thing | key | record | on         | aside
            Max | event | e1  | e1     | 2026-01-01 | work
            ana | event | e1  | e1     | 2026-01-01 |
            Max | event | e2  | e2     | 2026-02-01 | bystander
            bea | event | e2  | e2     | 2026-02-01 |
        """)
    )
    assert [(one.key, sorted({why for why, _link in one.aside})) for one in found.not_counted] == [
        ("Max", ["bystander", "work"])
    ]


def test_the_order_is_by_children_then_agencies_then_the_newest() -> None:
    found = worked_out(
        lines("""
            who | thing | key | record | agency  | on
            Kim | event | e1  | e1     | police  | 2026-01-01
            ana | event | e1  | e1     | police  | 2026-01-01
            Kim | event | e2  | e2     | police  | 2026-03-01
            bea | event | e2  | e2     | police  | 2026-03-01
            Lou | event | e3  | e3     | police  | 2026-01-01
            ana | event | e3  | e3     | police  | 2026-01-01
            Lou | event | e4  | e4     | charity | 2026-01-02
            bea | event | e4  | e4     | charity | 2026-01-02
            Max | event | e5  | e5     | police  | 2025-01-01
            ana | event | e5  | e5     | police  | 2025-01-01
            Max | event | e6  | e6     | police  | 2025-01-02
            bea | event | e6  | e6     | police  | 2025-01-02
            Max | event | e7  | e7     | police  | 2025-01-03
            cat | event | e7  | e7     | police  | 2025-01-03
            Ned | event | e8  | e8     | police  | 2026-02-01
            ana | event | e8  | e8     | police  | 2026-02-01
            Ned | event | e9  | e9     | police  | 2026-02-01
            bea | event | e9  | e9     | police  | 2026-02-01
        """)
    )
    assert listed(found)["person"] == ["Max", "Lou", "Kim", "Ned"]


def test_things_come_after_people_and_a_number_given_as_ones_own_is_not_of_concern() -> None:
    found = worked_out(
        [
            *lines(TWO_CHILDREN),
            *lines("""
            who | thing | key  | how   | record | on         | of_kind
            ana | place | shop | at    | e3     | 2026-01-03 | takeaway
            bea | place | shop | at    | e4     | 2026-01-04 | takeaway
            Max | place | flat | at    | e5     | 2026-01-05 | dwelling
            ana | place | flat | at    | e6     | 2026-01-06 | dwelling
            bea | place | flat | at    | e7     | 2026-01-06 | dwelling
            Max | place | park | at    | e8     | 2026-01-05 | park
            Max | phone | one  | uses  | p1     |            |
            Max | phone | two  | at    | e9     | 2026-01-09 |
        """),
        ]
    )
    assert listed(found) == {"person": ["Max"], "place": ["flat", "shop"], "phone": ["two"]}
    assert [one.adults for one in found.found["place"]] == [("Max",), ()]


_WHO = st.sampled_from(["ana", "bea", "cat", "Kim", "Max"])
_LINES = st.lists(
    st.builds(
        lambda who, thing, key, record, aside, strength: Line(
            who, thing, record if thing == "event" else key, "at", strength, aside, record, "police", date(2026, 1, 1), who[0].islower()
        ),
        _WHO, st.sampled_from(["event", "place", "vehicle", "phone"]), st.sampled_from("xy"), st.sampled_from(["r1", "r2", "r3"]),
        st.sampled_from(["", "", "", "work"]), st.sampled_from(["confirmed", "tentative"]),
    ),
    max_size=14,
)  # fmt: skip


@given(some=_LINES, data=st.data())
def test_the_order_of_lines_changes_nothing_and_what_is_found_rests_on_lines_alone(
    some: list[Line], data: st.DataObject
) -> None:
    found = worked_out(some)
    assert listed(worked_out(data.draw(st.permutations(some)))) == listed(found)
    for one in found.found["person"]:
        assert one.key[0].isupper()
        assert all(link.theirs in some and link.childs in some and link.theirs.counts for link in one.links)
        assert len(one.children) > 1 or one.things


@given(some=_LINES)
def test_more_evidence_takes_nobody_off_the_list(some: list[Line]) -> None:
    before = set(listed(worked_out(some)).get("person", []))
    more = [*some, Line("Max", "event", "new", "at", "confirmed", "", "new", "police", None, False), Line("ana", "event", "new", "at", "confirmed", "", "new", "police", None, True)]  # fmt: skip
    assert before <= set(listed(worked_out(more)).get("person", []))

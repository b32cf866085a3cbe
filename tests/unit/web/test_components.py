"""What a table component hands to its template."""

from __future__ import annotations

from engage.web.components import Cell, Table


def test_each_cell_knows_its_heading_and_whether_it_is_a_number() -> None:
    table = Table(
        "Deliveries", ("Agency", "Rows"), [(Cell("Police", href="/d/1"), "12")], numbers=frozenset({1})
    )

    [[agency, rows]] = table.lines()

    assert (agency.label, agency.href, agency.is_number) == ("Agency", "/d/1", False)
    assert (rows.label, rows.text, rows.is_number) == ("Rows", "12", True)
    assert [column.is_number for column in table.columns()] == [False, True]

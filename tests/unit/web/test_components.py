"""What a table component hands to its template."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from engage.web.components import Cell, SummaryRow, Table


def test_each_cell_knows_its_heading_and_whether_it_is_a_number() -> None:
    table = Table(
        "Deliveries",
        ("Agency", "Rows", "Of <Tom>"),
        [(Cell("Police", href="/d/1?a=1&b=2"), "12", "<b>")],
        numbers=frozenset({1}),
    )

    assert table.body() == (
        '<tr class="govuk-table__row"><th scope="row" class="govuk-table__header"><a class="govuk-link" href="/d/1?a=1&amp;b=2">Police</a></th>'
        '<td class="govuk-table__cell govuk-table__cell--numeric" data-label="Rows">12</td><td class="govuk-table__cell" data-label="Of &lt;Tom&gt;">&lt;b&gt;</td></tr>\n'
    )
    assert [column.is_number for column in table.columns()] == [False, True, False]


@pytest.mark.parametrize(
    "cell",
    [
        Cell('5 < 6 & "so"'),
        Cell("Ana", href="/people/?q=a&b='c'"),
        Cell("not known", is_known=False, href="/never"),
        Cell("sent", colour="green", href="/never"),
        Cell("K<1>", is_verbatim=True),
        Cell(format_html("<em>{}</em>", "<x>")),
        Cell(gettext_lazy("Police")),
    ],
)
def test_a_cell_of_a_table_is_shown_as_a_cell_anywhere_is(cell: Cell) -> None:
    assert cell.html() == render_to_string("_components/cell.html", {"cell": cell})


def test_a_line_of_a_summary_list_shows_every_value_and_what_can_be_done_and_nothing_that_is_written_as_a_sign() -> (
    None
):
    one = SummaryRow("Named <worker>", (Cell("Ana <b>"),), Cell("Change", href="/a?b=1&c=2"))
    several = SummaryRow("State", (Cell("Open", colour="blue"), Cell("not said", is_known=False)))

    shown = render_to_string("_components/summary_list.html", {"rows": [one, several]})

    assert '<dt class="govuk-summary-list__key">Named &lt;worker&gt;</dt>' in shown
    assert '<dd class="govuk-summary-list__value">Ana &lt;b&gt;</dd>' in shown
    assert (
        '<a class="govuk-link" href="/a?b=1&amp;c=2">Change<span class="govuk-visually-hidden"> (Named &lt;worker&gt;)</span></a>'
        in shown
    )
    assert (
        '<dd class="govuk-summary-list__value"><p class="govuk-body"><strong class="govuk-tag govuk-tag--blue">Open</strong></p>'
        '<p class="govuk-body"><span class="engage-not-known">not said</span></p></dd>' in shown
    )
    assert shown.count("govuk-summary-list__row--no-actions") == 1

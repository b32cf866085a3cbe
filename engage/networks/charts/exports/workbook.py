"""A chart as a workbook: nodes, lines, and the records behind each line. Every cell is text, and none is a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from engage.networks.charts.exports.i2 import COLUMNS
from engage.networks.charts.exports.lines import STRENGTHS, id_of, label_of, linked, type_of
from engage.networks.charts.rules import Chart


_NODES = ("id", "type", "label", "day", "lines_from_the_question")
_RECORDS = ("end_a_id", "end_b_id", "part", "of", "day", "grade", "agency", "reference", "strength")
_LONGEST = 32_000


def as_workbook(chart: Chart) -> bytes:
    """The file."""
    book = Workbook(write_only=True)
    _sheet(book, "nodes", _NODES, ((id_of(n), type_of(n), label_of(n), str(n.on or ""), str(n.steps)) for n in chart.nodes))  # fmt: skip
    lines = list(linked(chart))
    rows = (
        (
            id_of(one.one), type_of(one.one), label_of(one.one), id_of(one.other), type_of(one.other), label_of(one.other), one.link_type, "1 to 2" if one.is_directed else "None",
            STRENGTHS[one.edge.strength], one.start, one.end, one.grading, one.source, one.reference,
        )
        for one in lines
    )  # fmt: skip
    _sheet(book, "lines", tuple(COLUMNS), rows)
    records = (
        (id_of(one.one), id_of(one.other), r.part, r.whose, str(r.on or ""), r.grade, r.agency, r.record_id, STRENGTHS[r.strength])
        for one in lines
        for r in one.edge.records
    )  # fmt: skip
    _sheet(book, "records", _RECORDS, records)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book: Workbook, title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, text, is_bold=True) for text in head])
    for row in rows:
        sheet.append([_cell(sheet, text) for text in row])


def _cell(sheet: Any, text: str, *, is_bold: bool = False) -> Any:
    """Text, however it begins."""
    cell = WriteOnlyCell(sheet)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST]
    cell.data_type = "s"
    cell.quotePrefix = True
    if is_bold:
        cell.font = Font(bold=True)
    return cell

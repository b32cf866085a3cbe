"""In which forms can a chart be taken away?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engage.networks.charts.exports import ftm, graphml, i2, workbook
from engage.networks.charts.rules import Chart


@dataclass(frozen=True)
class Form:
    """One form: how it is made, its file's ending and media type, and what stands beside it, under which ending."""

    make: Callable[[Chart], bytes]
    suffix: str
    media_type: str
    beside: tuple[str, Callable[[], bytes]] | None = None


FORMS: Mapping[str, Form] = {
    "i2": Form(i2.as_csv, ".csv", "text/csv; charset=utf-8", (".specification.json", i2.specification)),
    "ftm": Form(ftm.as_lines, ".jsonl", "application/jsonl"),
    "graphml": Form(graphml.as_graphml, ".graphml", "application/graphml+xml"),
    "xlsx": Form(workbook.as_workbook, ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}  # fmt: skip

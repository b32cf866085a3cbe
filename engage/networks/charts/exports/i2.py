"""A chart as a CSV for i2 Analyst's Notebook, one row for each line, with a file beside it that says how the columns are read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from engage.networks.charts.exports.lines import STRENGTHS, TYPES, id_of, label_of, linked, type_of
from engage.networks.charts.rules import Chart
from engage.picture.exporting import safe


COLUMNS = {
    "end_a_id": "Identity of end 1",
    "end_a_type": "Entity type of end 1",
    "end_a_label": "Label of end 1",
    "end_b_id": "Identity of end 2",
    "end_b_type": "Entity type of end 2",
    "end_b_label": "Label of end 2",
    "link_type": "Link label",
    "direction": "Link direction: 1 to 2, or None",
    "strength": "Link strength",
    "start": "Date and time, first (year-month-day; empty: not known)",
    "end": "Date and time, last (year-month-day; empty: not known)",
    "grading": "Grades 1, as the source gave them",
    "source": "Source type: the agencies",
    "reference": "Source reference: the records",
}


def as_csv(chart: Chart) -> bytes:
    """The rows, with a head; what stands alone has a row without a second end. No cell is a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(safe(row) for row in _rows(chart))
    return out.getvalue().encode("utf-8-sig")


def _rows(chart: Chart) -> Iterator[tuple[str, ...]]:
    for line in linked(chart):
        ends = (id_of(line.one), type_of(line.one), label_of(line.one), id_of(line.other), type_of(line.other), label_of(line.other))  # fmt: skip
        direction = "1 to 2" if line.is_directed else "None"
        yield (*ends, line.link_type, direction, STRENGTHS[line.edge.strength], line.start, line.end, line.grading, line.source, line.reference)  # fmt: skip
    tied = {end for edge in chart.edges for end in edge.ends}
    for node in chart.nodes:
        if node.end not in tied:
            yield (id_of(node), type_of(node), label_of(node), *[""] * (len(COLUMNS) - 3))


def specification() -> bytes:
    """How to import it: the file's form, what each column is, and which icon is for which type."""
    told = {
        "what": "Import specification for a chart of Engage. Make an import specification in the desktop client with these settings once, save it, and use it for every chart.",
        "file": {"format": "text", "delimiter": ",", "quote": '"', "encoding": "UTF-8 with a byte order mark", "head_rows": 1},
        "columns": [
            {"column": number, "name": name, "assign_to": meaning} for number, (name, meaning) in enumerate(COLUMNS.items(), start=1)
        ],
        "entities": {"identity": "end_a_id and end_b_id", "merge": "by identity: the same identity is the same entity, also in a later import"},
        "icons": {"Child": "Child", "Adult": "Adult", "Person (age not known)": "Person", "Place": "Place", "Vehicle": "Car", "Phone": "Phone", "Account": "Account", "Event": "Event"},
        "types": sorted(TYPES.values()),
        "links": {"multiplicity": "single", "direction": "direction: “1 to 2” draws an arrow, “None” draws none", "strength": sorted(STRENGTHS.values())},
        "dates": {"format": "yyyy-MM-dd", "time_zone": "Europe/London", "empty": "not known"},
        "not_a_formula": "A cell that a spreadsheet would take for a formula begins with an apostrophe.",
    }  # fmt: skip
    return json.dumps(told, indent=2, ensure_ascii=False).encode() + b"\n"

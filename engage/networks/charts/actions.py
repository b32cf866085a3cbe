"""The writing door of charts: a question is saved under a title, and what people write of it is kept beside it."""

from __future__ import annotations

from django.db import transaction

from engage.governance import actions as governance
from engage.networks.charts import saved
from engage.networks.models import SavedChart
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_, EngageError


class ChartUntitled(EngageError):
    """A chart is saved under a title."""


def save_chart(*, viewing: Viewing, question: str, title: str, note: str) -> int:
    """Save a question (as its address says it) with a title and a note; return the chart's number. Audited. Raises ChartUntitled."""
    return _write(viewing, "chart.saved", "saved", _row(viewing, question, title, note))


def annotate_chart(*, viewing: Viewing, number: int, title: str, note: str) -> int:
    """Write another title and note of a saved chart of the viewer's agency; what was written before is kept. Audited. Raises ChartUnknown, ChartUntitled."""
    before = saved.one(viewing, number)
    row = _row(viewing, before.question, title, note)
    row.annotates = number
    return _write(viewing, "chart.annotated", "annotated", row)


def _row(viewing: Viewing, question: str, title: str, note: str) -> SavedChart:
    if not title.strip():
        raise ChartUntitled(N_("The chart has no title."), remedy=N_("Give it one."))
    viewer = viewing.viewer
    return SavedChart(
        question=question, title=title.strip(), note=note.strip(), owner=viewer.user_id, owner_name=viewer.name, agency=viewer.agency,
        purpose=viewing.purpose, made_at=viewing.at, request_id=viewing.request_id,
    )  # fmt: skip


def _write(viewing: Viewing, action: str, decision: str, row: SavedChart) -> int:
    with transaction.atomic():
        row.save(force_insert=True)
        number = row.annotates or row.seq
        governance.record_decision(
            viewing=viewing, action=action, subject=f"chart {number}", fields=["title", "note"], decision=decision
        )  # fmt: skip
    return number

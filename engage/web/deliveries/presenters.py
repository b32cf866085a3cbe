"""Deliveries, and what of them could not be used, as pages show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.records.queries import DeliverySummary, RejectShown
from engage.vocabulary.words import N_
from engage.web.components import Cell, SummaryRow, Table
from engage.web.templatetags.engage import said


_EXTENTS = {
    "full": N_("Full: whoever is missing from it was withdrawn"),
    "partial": N_("Partial: adds to what came before"),
}
_COHORTS = {
    "case": N_("Cases: people the agency works with or worries about"),
    "register": N_("Register of everyone: serves matching only"),
}
_SEVERITIES = {"rejected": (N_("Row not used"), "red"), "flagged": (N_("Value not used"), "yellow")}


def deliveries_table(deliveries: Iterable[DeliverySummary], agencies: Mapping[str, str]) -> Table:
    """Every delivery, newest first."""
    head = (_("Received"), _("Agency"), _("Files"), _("Cohort"), _("Rows"), _("Not readable"))
    rows = [
        (
            Cell(
                date_format(localtime(d.received_at), "j F Y, H:i"),
                href=reverse("delivery", args=[d.delivery_id]),
            ),
            agencies.get(d.agency, d.agency),
            ", ".join(d.files),
            _short(d.cohort),
            f"{d.row_count:,}",
            f"{d.broken_count:,}",
        )
        for d in deliveries
    ]
    return Table(
        _("Deliveries, newest first"),
        head,
        rows,
        numbers=frozenset({4, 5}),
        empty=_("Nothing was received yet."),
    )


def delivery_heading(delivery: DeliverySummary, agencies: Mapping[str, str]) -> str:
    """The delivery's agency and day."""
    values = {
        "agency": agencies.get(delivery.agency, delivery.agency),
        "day": date_format(localtime(delivery.received_at), "j F Y"),
    }
    return _("Delivery from %(agency)s on %(day)s") % values


def delivery_rows(d: DeliverySummary) -> list[SummaryRow]:
    """What is known of one delivery."""
    words = (
        (
            _("Received"),
            _("%(when)s, by %(who)s")
            % {"when": date_format(localtime(d.received_at), "j F Y, H:i"), "who": d.received_by},
        ),
        (_("Files"), ", ".join(d.files)),
        (_("Rows"), f"{d.row_count:,}"),
        (_("Rows that could not be read"), f"{d.broken_count:,}"),
        (_("Extent"), _(_EXTENTS.get(d.extent, d.extent))),
        (_("Who is in it"), _(_COHORTS.get(d.cohort, d.cohort))),
        (_("Mapping"), f"{d.mapping} {d.mapping_version}"),
        (_("Agreement"), d.agreement),
        (_("Delivery"), d.delivery_id),
    )
    return [SummaryRow(key, (Cell(value),)) for key, value in words]


def rejects_table(rejects: Sequence[RejectShown], agencies: Mapping[str, str], *, caption: str) -> Table:
    """What could not be used: file, row, column, value, reason, remedy."""
    head = (
        _("File and row"),
        _("Agency"),
        _("Column"),
        _("Value"),
        _("What happened"),
        _("Why"),
        _("What can be done"),
    )
    rows = [
        (
            _("%(file)s, row %(row)s") % {"file": r.file, "row": r.row_number},
            agencies.get(r.agency, r.agency),
            r.column_name,
            _value(r),
            _severity(r.severity),
            _(r.reason),
            _(r.remedy),
        )
        for r in rejects
    ]
    return Table(caption, head, rows, empty=_("Everything could be used."))


def reasons_table(rejects: Iterable[RejectShown], agencies: Mapping[str, str]) -> Table:
    """How often what happened, by agency and reason, most often first."""
    counted = Counter((r.agency, r.severity, r.reason) for r in rejects)
    rows = [
        (agencies.get(agency, agency), _severity(severity), _(reason), f"{count:,}")
        for (agency, severity, reason), count in counted.most_common()
    ]
    head = (_("Agency"), _("What happened"), _("Why"), _("How often"))
    return Table(
        _("What could not be used"), head, rows, numbers=frozenset({3}), empty=_("Everything could be used.")
    )


def _value(r: RejectShown) -> Cell:
    if r.why_hidden is not None:
        return Cell(said(r.why_hidden), is_known=False)
    return Cell(r.value, is_verbatim=True) if r.value else Cell(_("empty"), is_known=False)


def _severity(code: str) -> Cell:
    words, colour = _SEVERITIES.get(code, (code, "grey"))
    return Cell(_(words), colour=colour)


def _short(cohort: str) -> str:
    return {"case": _("Cases"), "register": _("Register")}.get(cohort, cohort)

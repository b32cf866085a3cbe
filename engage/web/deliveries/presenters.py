"""Deliveries, and what of them could not be used, as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.records.quality import Quality
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


def quality_tables(quality: Quality, agencies: Mapping[str, str]) -> list[Table]:
    """Completeness of persons and events, what could not be used, duplicates, lateness."""
    return [
        _complete_table(quality, agencies, "person", _("Records of people: how many have it written down")),
        _complete_table(quality, agencies, "event", _("Records of events: how many have it written down")),
        _not_used_table(quality, agencies),
        _duplicates_table(quality, agencies),
        _lateness_table(quality, agencies),
    ]


def _complete_table(quality: Quality, agencies: Mapping[str, str], thing: str, caption: str) -> Table:
    found = [c for c in quality.completeness if c.thing == thing]
    rows = [
        (
            agencies.get(c.agency, c.agency),
            _(c.field),
            f"{c.filled:,}",
            f"{c.records:,}",
            _share(c.filled / c.records),
        )
        for c in found
        if c.records
    ]
    head = (_("Agency"), _("What"), _("Written down"), _("Records"), _("Share"))
    return Table(
        caption, head, rows, numbers=frozenset({2, 3, 4}), empty=_("There is nothing that you may see.")
    )


def _not_used_table(quality: Quality, agencies: Mapping[str, str]) -> Table:
    rows = [
        (agencies.get(n.agency, n.agency), n.file, _severity(n.severity), _(n.reason), f"{n.count:,}")
        for n in quality.not_used
    ]
    head = (_("Agency"), _("File"), _("What happened"), _("Why"), _("How often"))
    return Table(
        _("What could not be used"), head, rows, numbers=frozenset({4}), empty=_("Everything could be used.")
    )


def _duplicates_table(quality: Quality, agencies: Mapping[str, str]) -> Table:
    rows = [
        (
            agencies.get(d.agency, d.agency),
            d.file,
            f"{d.records:,}",
            f"{d.same_person:,}",
            f"{d.same_words:,}",
        )
        for d in quality.duplicates
    ]
    head = (
        _("Agency"),
        _("File"),
        _("Records"),
        _("More than one for a person"),
        _("More than one word for word"),
    )
    return Table(
        _("People recorded more than once in one file"),
        head,
        rows,
        numbers=frozenset({2, 3, 4}),
        empty=_("There is nothing that you may see."),
    )


def _lateness_table(quality: Quality, agencies: Mapping[str, str]) -> Table:
    rows = [
        (
            agencies.get(one.agency, one.agency),
            _(one.kind.replace("_", " ").capitalize()),
            f"{one.events:,}",
            f"{one.median_days:.0f}",
            f"{one.ninetieth_days:.0f}",
            _share(one.late),
        )
        for one in quality.lateness
    ]
    head = (
        _("Agency"),
        _("What"),
        _("Events"),
        _("Days, in the middle"),
        _("Days, nine in ten within"),
        _("Later than 28 days"),
    )
    return Table(
        _("Days from when it happened to when it was received"),
        head,
        rows,
        numbers=frozenset({2, 3, 4, 5}),
        empty=_("There is nothing that you may see."),
    )


def _share(part: float) -> str:
    return f"{part:.0%}"


def _value(r: RejectShown) -> Cell:
    if r.why_hidden is not None:
        return Cell(said(r.why_hidden), is_known=False)
    return Cell(r.value, is_verbatim=True) if r.value else Cell(_("empty"), is_known=False)


def _severity(code: str) -> Cell:
    words, colour = _SEVERITIES.get(code, (code, "grey"))
    return Cell(_(words), colour=colour)


def _short(cohort: str) -> str:
    return {"case": _("Cases"), "register": _("Register")}.get(cohort, cohort)

"""Linkage models as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.identities.linking.comparisons import COMPARISONS
from engage.identities.trained.rules import Change, Version
from engage.vocabulary.words import N_
from engage.web.components import Cell, SummaryRow, Table
from engage.web.people.presenters import Reader, join_link, record_name


def models_table(found: Iterable[Version]) -> Table:
    """All models, the newest first."""
    rows = [
        (
            Cell(_("Model %(version)s") % {"version": one.version}, href=reverse("data_quality_model", args=[one.version])),
            date_format(localtime(one.trained_at), "j F Y"),
            f"{one.learnt_from.records:,}",
            f"{one.learnt_from.agencies}",
            _used(one),
        )
        for one in found
    ]  # fmt: skip
    head = (_("Model"), _("Trained on"), _("Records"), _("Agencies"), _("Used"))
    return Table(_("Models, newest first"), head, rows, numbers=frozenset({2, 3}), empty=_("No model is kept: the next build trains the first."))  # fmt: skip


def _used(one: Version) -> str:
    if one.is_in_use:
        return _("in use") if one.is_served else _("from the next build on")
    if one.is_served:
        return _("until the next build")
    return _("earlier") if one.adoptions else _("never")


def state(found: Sequence[Version]) -> str:
    """Which model joined the records that are served, in a sentence."""
    served = next((one.version for one in found if one.is_served), None)
    if served is None:
        return _("The records that are served were joined with the shipped values, and no model.")
    return _("The records that are served were joined with model %(version)s.") % {"version": served}


def outgrown(one: Version) -> str:
    """That the area has grown since the model in use was trained."""
    learnt, now = one.learnt_from, one.now
    values = {"records": f"{learnt.records:,}", "agencies": learnt.agencies, "now": f"{now.records:,}", "sending": now.agencies}  # fmt: skip
    return _("The model in use was learnt from %(records)s records of %(agencies)s agencies; now there are %(now)s of %(sending)s. A new one may know better: train it, and look at what it would change.") % values  # fmt: skip


def rows(found: Version) -> Iterable[SummaryRow]:
    """Whence the model comes, and who adopted it why."""
    learnt = found.learnt_from
    values = {"records": f"{learnt.records:,}", "agencies": learnt.agencies, "day": date_format(learnt.as_of, "j F Y")}  # fmt: skip
    yield SummaryRow(_("Trained"), (Cell(_("on %(when)s by %(who)s") % {"when": _moment(found.trained_at), "who": found.trained_by}),))  # fmt: skip
    yield SummaryRow(_("Learnt from"), (Cell(_("%(records)s records of %(agencies)s agencies, received until %(day)s") % values),))  # fmt: skip
    yield SummaryRow(_("Used"), (Cell(_used(found)),))
    told = [
        Cell(
            (_("on %(when)s by %(who)s: %(why)s") if a.was_seen else _("on %(when)s by the build that %(who)s made: %(why)s"))
            % {"when": _moment(a.at), "who": a.by, "why": a.why}
        )
        for a in found.adoptions
    ]  # fmt: skip
    yield SummaryRow(_("Adopted"), tuple(told) or (Cell(_("never")),))


def _moment(at: object) -> str:
    return str(date_format(localtime(at), "j F Y, H:i"))  # type: ignore[arg-type]


def changes_table(found: Version) -> Table | None:
    """What the model would change, in numbers; None when that was never looked at."""
    changes = found.changes
    if changes is None:
        return None
    counted = (
        (_("People"), changes.people_now, changes.people_then),
        (_("Pairs of records that are proposed to people"), changes.asked_now, changes.asked_then),
    )
    lines = [(words, f"{now:,}", f"{then:,}") for words, now, then in counted]
    return Table(_("What it would change"), ("", _("Now"), _("Then")), lines, numbers=frozenset({1, 2}))


def told(found: Version) -> list[str]:
    """The same in sentences, and how far they hold today."""
    changes = found.changes
    if changes is None:
        return [_("What this model would change has not been looked at.")]
    values = {"joined": f"{changes.people_joined:,}", "parted": f"{changes.people_parted:,}", "records": f"{changes.records:,}"}  # fmt: skip
    sentences = [
        _("It would change nobody: each of %(records)s records stays with the same records.") % values
        if changes.is_nothing
        else _("Of %(records)s records. People who would be joined with others: %(joined)s. People whose records would be parted: %(parted)s.") % values
    ]  # fmt: skip
    if not found.is_seen:
        sentences.append(
            _(
                "That was of the build before: the records were joined anew since. Look again before it is adopted."
            )
        )
    hidden = changes.told - len(changes.pairs)
    if hidden > 0:
        sentences.append(
            ngettext(
                "%(count)s change is not listed: you may not see both of its records, or there are too many.",
                "%(count)s changes are not listed: you may not see both of their records, or there are too many.",
                hidden,
            )
            % {"count": f"{hidden:,}"}
        )
    return sentences


_KINDS = {"joined": N_("Would be joined"), "parted": N_("Would be parted")}


def pairs_table(found: Version, reader: Reader) -> Table | None:
    """The changes, pair by pair, each leading to why the two are, or are not, one person today."""
    if not found.changes or not found.changes.pairs:
        return None
    lines = [
        (
            Cell(_(_KINDS[one.kind]), href=join_link(one.left_record_id, one.right_record_id, reader, "")),
            record_name(one.left_record_id, reader),
            record_name(one.right_record_id, reader),
            *_weights(one),
        )
        for one in found.changes.pairs
    ]  # fmt: skip
    head = (_("Change"), _("One record"), _("The other"), _("Bits now"), _("Bits then"))
    return Table(_("The changes, each by its strongest pair"), head, lines, numbers=frozenset({3, 4}))


def _weights(one: Change) -> tuple[Cell, Cell]:
    return tuple(  # type: ignore[return-value]
        Cell(_("not compared"), is_known=False) if weight is None else Cell(f"{weight:+.1f}")
        for weight in (one.weight_now, one.weight_then)
    )


def levels_table(found: Version, in_use: Version | None) -> Table | None:
    """What each level of each comparison weighs, in bits, beside the model in use."""
    if found.model is None:
        return None
    other = in_use.model if in_use else None
    lines = []
    for comparison in COMPARISONS:
        for level in comparison.levels:
            value = found.model.value(comparison.name, level.code)
            before = (f"{other.value(comparison.name, level.code).weight:+.1f}",) if other else ()
            lines.append(
                (_(comparison.words), _(level.words), f"{value.weight:+.1f}", *before, _(_SOURCES[value.source]))
            )  # fmt: skip
    before_head = (_("Bits, model in use"),) if other else ()
    head = (_("Compared"), _("Found"), _("Bits"), *before_head, _("Where from"))
    return Table(_("What each finding weighs"), head, lines, numbers=frozenset({2, 3} if other else {2}))


_SOURCES = {
    "learnt": N_("learnt here"),
    "pinned": N_("set by hand, with a source"),
    "prior": N_("shipped value: too few pairs here"),
}

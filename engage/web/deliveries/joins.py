"""How right the joins are, as a page shows it: figures and tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.identities.evaluating import Rates
from engage.identities.measuring import words
from engage.identities.measuring.figures import Figures
from engage.identities.measuring.keeping import HowRight, JudgedKind, Measured
from engage.identities.measuring.people import Children
from engage.identities.measuring.traits import OfKind
from engage.web.components import Cell, SummaryRow, Table
from engage.web.deliveries import groups, reliability
from engage.web.deliveries.reliability import Chart
from engage.web.templatetags.engage import said


@dataclass(frozen=True)
class Page:
    """Everything the page shows. `measured` is empty when the joins were never held against a known answer; `stale` says when that was of
    an earlier build, or before people judged."""

    measured: str
    stale: str
    rows: tuple[SummaryRow, ...]
    tables: tuple[Table, ...]
    chart: Chart | None
    certainty: Table | None
    groups: tuple[Table, ...]
    judged: Table
    agreement: str
    curve: str
    dropped: Table
    left_out: Table
    usual_days: str


def page(known: HowRight) -> Page:
    """The page of what is known."""
    found = known.measured.figures if known.measured else None
    return Page(
        measured=_when(known.measured) if known.measured else "",
        stale=_stale(known) if known.measured else "",
        rows=tuple(_rows(found)) if found else (),
        tables=(_missed_table(found.missed), _wrong_table(found.wrong), _alike_table(found)) if found else (),
        chart=reliability.chart(found.certainty) if found and found.certainty.bins else None,
        certainty=reliability.table(found.certainty) if found else None,
        groups=tuple(groups.tables(found.groups)) if found else (),
        judged=_judged_table(known),
        agreement=_agreement(known),
        curve=_curve(known),
        dropped=_dropped_table(known),
        left_out=_left_out_table(known),
        usual_days=_usual_days(known),
    )


def _stale(known: HowRight) -> str:
    if not known.is_of_this_build:
        return _("The records were joined anew since: these figures are of an earlier build.")
    if not known.judged_since:
        return ""
    return ngettext(
        "%(count)s judgement was made or taken back since: these figures do not know of it.",
        "%(count)s judgements were made or taken back since: these figures do not know of them.",
        known.judged_since,
    ) % {"count": f"{known.judged_since:,}"}


def _dropped_table(known: HowRight) -> Table:
    rows = [(said(words.key(one.code)), f"{one.values:,}", f"{one.held:,}") for one in known.dropped]
    head = (_("What records share"), _("Values that too many share"), _("Times that a record holds one"))
    return Table(_("Not compared by these, because too many share them"), head, rows, numbers=frozenset({1, 2}), empty=_("None."))  # fmt: skip


def _left_out_table(known: HowRight) -> Table:
    rows = [
        (said(words.key(one.code)), f"{one.per_record:.2f}", f"{one.share:.2%}") for one in known.left_out
    ]
    head = (
        _("What records share"),
        _("Pairs it would add for each record"),
        _("Of these held for one person"),
    )
    return Table(_("Not compared by these at all, because they find next to nothing here"), head, rows, numbers=frozenset({1, 2}), empty=_("None."))  # fmt: skip


def _usual_days(known: HowRight) -> str:
    if not known.usual_days:
        return _("No day of birth but 1 January is read as “some day of that year”.")
    days = ", ".join(date_format(day, "j F Y") for day in known.usual_days)
    return _("Read as “some day of that year”, because far too many families share them: 1 January, and %(days)s.") % {"days": days}  # fmt: skip


def _when(measured: Measured) -> str:
    return _("Measured on %(when)s by %(who)s against the known answer “%(answer)s”, of build %(build)s.") % {
        "when": date_format(localtime(measured.at), "j F Y, H:i"),
        "who": measured.by,
        "answer": measured.answer,
        "build": measured.build_id,
    }


def _rows(found: Figures) -> Iterable[SummaryRow]:
    measures, lost = found.measures, found.lost
    yield _row(_("Pairs of records"), _rates(measures.pairs))
    yield _row(_("Pairs across agencies"), _rates(measures.across_agencies))
    yield _row(_("Pairs without partial records"), _rates(measures.without_partials))
    compared = {"share": _share(lost.recall), "lost": f"{lost.lost:,}", "pairs": f"{lost.true_pairs:,}", "each": f"{lost.per_record:.1f}"}  # fmt: skip
    yield _row(
        _("Compared at all"),
        _("%(share)s of the pairs of one person; %(lost)s of %(pairs)s never were. %(each)s pairs are compared for each record.") % compared,
    )  # fmt: skip
    yield _row(
        _("Chances shown of pairs"),
        _("Mean squared error (Brier) %(brier)s, where 0 is perfect and 0.25 is tossing a coin")
        % {"brier": f"{found.certainty.brier:.4f}"},
    )
    if found.children:
        yield from _children(found.children)


def _row(key: str, text: str) -> SummaryRow:
    return SummaryRow(key, (Cell(text),))


def _rates(rates: Rates) -> str:
    values = {"precision": _share(rates.precision), "recall": _share(rates.recall)}
    return _("%(precision)s of what was joined is right; %(recall)s of what is right was joined") % values


def _children(found: Children) -> Iterable[SummaryRow]:
    pages = [_("%(mixed)s of %(pages)s hold a record of another person") % {"mixed": f"{found.mixed:,}", "pages": f"{found.pages:,}"}]  # fmt: skip
    if found.unmarked is not None:
        pages.append(_("on %(unmarked)s of these nothing says so") % {"unmarked": f"{found.unmarked:,}"})
    yield _row(_("Children's pages"), "; ".join(pages))
    whole = {"whole": f"{found.whole:,}", "all": f"{found.exploited:,}", "full": f"{found.whole_without_partials:,}", "some": f"{found.exploited_without_partials:,}"}  # fmt: skip
    yield _row(
        _("Exploited children wholly joined"),
        _("%(whole)s of %(all)s; leaving partial records out, %(full)s of %(some)s") % whole,
    )


def _missed_table(missed: Iterable[OfKind]) -> Table:
    rows = [
        (said(words.trait(one.kind)), f"{one.pairs:,}", f"{one.wrong:,}", _share(one.wrong / one.pairs))
        for one in missed
    ]
    head = (_("The two records differ so"), _("Pairs of one person"), _("Not joined"), _("Share"))
    return Table(_("What was not joined"), head, rows, numbers=frozenset({1, 2, 3}), empty=_("None."))


def _wrong_table(wrong: Iterable[OfKind]) -> Table:
    rows = [(said(words.who(one.kind)), f"{one.wrong:,}", _share(one.wrong / one.pairs)) for one in wrong]
    head = (_("Who the two are to each other"), _("Pairs joined wrongly"), _("Of all pairs joined wrongly"))
    return Table(_("What was joined wrongly"), head, rows, numbers=frozenset({1, 2}), empty=_("None."))


def _alike_table(found: Figures) -> Table:
    rows = [
        (said(words.who(kind)), f"{joined:,}", f"{total:,}")
        for kind, (joined, total) in sorted(found.measures.wrongly_joined.items())
    ]
    head = (_("Two people easily mistaken"), _("Joined wrongly"), _("Of"))
    return Table(
        _("People easily mistaken for each other"),
        head,
        rows,
        numbers=frozenset({1, 2}),
        empty=_("The answer names none."),
    )


def _judged_table(known: HowRight) -> Table:
    rows = [
        (said(words.judged(one.kind)), f"{one.judged:,}", f"{one.same:,}", f"{one.different:,}", f"{one.unsettled:,}", _share_of_same(one))
        for one in known.judged
    ]  # fmt: skip
    head = (
        _("Kind of pair"), _("Judged"), _("One person"), _("Two people"), _("Not settled: judges disagree, are unsure, or another must judge"),
        _("One person, of those settled"),
    )  # fmt: skip
    empty = _("No judgement stands today.") if known.was_judged else _("Nobody has judged yet.")
    return Table(_("What people judged"), head, rows, numbers=frozenset({1, 2, 3, 4, 5}), empty=empty)


def _share_of_same(one: JudgedKind) -> Cell:
    settled = one.same + one.different
    return Cell(_share(one.same / settled)) if settled else Cell(_("none"), is_known=False)


def _agreement(known: HowRight) -> str:
    twice = known.agreement.pairs_judged_twice
    if not twice:
        return _("No pair was judged by two people, so nothing is known of how far they agree.")
    values = {"agreed": f"{known.agreement.agreed:,}", "twice": f"{twice:,}"}
    return (
        ngettext(
            "%(twice)s pair was judged by two people; they said the same of %(agreed)s.",
            "%(twice)s pairs were judged by two people; they said the same of %(agreed)s.",
            twice,
        )
        % values
    )


def _curve(known: HowRight) -> str:
    if known.curve_judged:
        values = {"judged": f"{known.curve_judged:,}"}
        return (
            ngettext(
                "The chances shown of pairs were counted on made-up towns, and on %(judged)s pair that people judged here.",
                "The chances shown of pairs were counted on made-up towns, and on %(judged)s pairs that people judged here.",
                known.curve_judged,
            )
            % values
        )
    return _("The chances shown of pairs were counted on made-up towns; too few pairs were judged here to count.")  # fmt: skip


def _share(part: float) -> str:
    return f"{part:.1%}"

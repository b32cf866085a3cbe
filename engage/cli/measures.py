"""What a measurement found, as the terminal shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engage.cli.terminal import table
from engage.cli.words import _, say
from engage.vocabulary.words import N_


if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from rich.console import Console

    from engage.identities.evaluating import Measures, Rates
    from engage.identities.linking.calibrating import Reliability
    from engage.identities.measuring.blocking import Blocking
    from engage.identities.measuring.figures import Figures
    from engage.identities.measuring.people import Children, GroupRates
    from engage.identities.measuring.traits import OfKind


def tell(console: Console, found: Figures) -> None:
    """Print all that was found of an area's build."""
    tell_joins(console, found.measures)
    _tell_kinds(console, found.missed, found.wrong)
    tell_lost(console, found.lost)
    tell_certainty(console, found.certainty)
    if found.children:
        tell_children(console, found.children)
    _tell_groups(console, found.groups)


def tell_joins(console: Console, found: Measures, *, are_agencies: bool = True) -> None:
    """Print how right the joins are."""
    console.print(
        _(
            "%(records)s records; %(left_out)s left out of the build",
            records=f"{found.records:,}",
            left_out=f"{found.left_out:,}",
        )
    )
    shown = table(_("Joins"), _("Precision"), _("Recall"), "F1")
    rows: list[tuple[str, Rates]] = [
        (_("Pairs of records"), found.pairs),
        *(
            [
                (_("Pairs across agencies"), found.across_agencies),
                (_("Pairs without partial records"), found.without_partials),
            ]
            if are_agencies
            else []
        ),
        (_("B-cubed"), found.b_cubed),
    ]
    for words, rates in rows:
        shown.add_row(words, f"{rates.precision:.4f}", f"{rates.recall:.4f}", f"{rates.f1:.4f}")
    console.print(shown)
    for kind, (joined, total) in found.wrongly_joined.items():
        console.print(
            _(
                "%(kind)s: %(joined)s of %(total)s wrongly joined",
                kind=kind.replace("_", " "),
                joined=str(joined),
                total=str(total),
            ),
            highlight=False,
        )
    for words, counts in ((_("Missed:"), found.missed), (_("Wrongly joined:"), found.wrong)):
        console.print(
            f"{words} " + (", ".join(f"{n} {_pair(kind)}" for kind, n in counts.items()) or _("none")),
            highlight=False,
        )


_KINDS = {"full": N_("full"), "partial": N_("partial"), "duplicate": N_("duplicate")}


def _pair(kinds: str) -> str:
    """The kinds of two records ("full and partial") in the reader's language."""
    one, _and, other = kinds.partition(" and ")
    return _("%(one)s and %(other)s", one=_(_KINDS.get(one, one)), other=_(_KINDS.get(other, other)))


def _tell_kinds(console: Console, missed: Iterable[OfKind], wrong: Iterable[OfKind]) -> None:
    from engage.identities.measuring import words

    shown = table(_("Records of one person that differ so"), _("Pairs"), _("Missed"), _("Share"))
    for one in missed:
        shown.add_row(
            say(words.trait(one.kind)), f"{one.pairs:,}", f"{one.wrong:,}", f"{one.wrong / one.pairs:.1%}"
        )
    console.print(shown)
    shown = table(_("Joined wrongly, who are to each other"), _("Pairs"))
    for one in wrong:
        shown.add_row(say(words.who(one.kind)), f"{one.wrong:,}")
    console.print(shown)


def tell_lost(console: Console, found: Blocking) -> None:
    """Print what was lost before comparing, and what it cost."""
    console.print(
        _(
            "Compared: %(recall)s of the pairs of one person (%(lost)s of %(pairs)s never were), at %(each)s pairs for each record",
            recall=f"{found.recall:.4f}",
            lost=f"{found.lost:,}",
            pairs=f"{found.true_pairs:,}",
            each=f"{found.per_record:.2f}",
        ),
        highlight=False,
    )


def tell_certainty(console: Console, found: Reliability) -> None:
    """Print how right the chances are that are shown of pairs."""
    console.print(
        _(
            "Chances shown: Brier %(brier)s over %(pairs)s pairs; of %(untold)s more no chance is shown",
            brier=f"{found.brier:.4f}",
            pairs=f"{found.pairs:,}",
            untold=f"{found.untold:,}",
        ),
        highlight=False,
    )
    shown = table(_("Chance said"), _("Pairs"), _("Said, on average"), _("Were one person"))
    for one in found.bins:
        shown.add_row(
            f"{one.least:.2f}-{one.most:.2f}", f"{one.pairs:,}", f"{one.said:.3f}", f"{one.found:.3f}"
        )
    console.print(shown)


def tell_children(console: Console, found: Children) -> None:
    """Print what the joins make of children's pages."""
    mixed = _(
        "Children's pages: %(mixed)s of %(pages)s hold a record of another person",
        mixed=f"{found.mixed:,}",
        pages=f"{found.pages:,}",
    )
    if found.unmarked is not None:
        mixed += "; " + _("on %(unmarked)s of these nothing says so", unmarked=f"{found.unmarked:,}")
    console.print(mixed, highlight=False)
    console.print(
        _(
            "Exploited children wholly joined: %(whole)s of %(all)s; without partial records %(full)s of %(some)s",
            whole=str(found.whole),
            all=str(found.exploited),
            full=str(found.whole_without_partials),
            some=str(found.exploited_without_partials),
        ),
        highlight=False,
    )


def _tell_groups(console: Console, groups: Collection[GroupRates]) -> None:
    from engage.identities.measuring import fairness, words

    shown = table(
        _("Group"),
        "",
        _("People"),
        _("Precision"),
        _("Recall"),
        _("Recall for each person, without partial records"),
        _("Compared"),
    )
    for one in groups:
        shown.add_row(
            say(words.grouped_by(one.by)),
            say(words.group(one.by, one.group)),
            f"{one.people:,}",
            f"{one.precision:.4f}",
            f"{one.recall:.4f}",
            "" if one.full_recall is None else f"{one.full_recall:.4f}",
            say(fairness.standing(one, groups, say)),
        )
    console.print(shown)

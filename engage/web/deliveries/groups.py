"""Whether the joins are as right for everybody, as a page shows it: a table for each trait by which the known answer groups people."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from engage.identities.measuring import fairness, words
from engage.identities.measuring.people import GroupRates
from engage.web.components import Cell, Table
from engage.web.templatetags.engage import said


def tables(groups: tuple[GroupRates, ...]) -> Iterable[Table]:
    """By sex, ethnicity and origin of names; a group for which the joins are less right is marked in words."""
    head = (
        _("Group"), _("People"), _("Precision"), _("Recall"), _("Recall for each person, without partial records"), _("Compared"),
    )  # fmt: skip
    for by in ("sex", "ethnicity", "origin"):
        rows = [_row(one, groups) for one in groups if one.by == by]
        yield Table(
            said(words.grouped_by(by)),
            head,
            rows,
            numbers=frozenset({1, 2, 3, 4}),
            empty=_("The answer does not say it, or of fewer than ten people."),
        )


def _row(one: GroupRates, groups: tuple[GroupRates, ...]) -> tuple[Cell | str, ...]:
    full = Cell(_("not known"), is_known=False) if one.full_recall is None else Cell(f"{one.full_recall:.1%}")
    standing = said(fairness.standing(one, groups, said))
    marked = Cell(standing, colour="red") if fairness.is_behind(one, groups) else Cell(standing)
    return (
        said(words.group(one.by, one.group)),
        f"{one.people:,}",
        f"{one.precision:.1%}",
        f"{one.recall:.1%}",
        full,
        marked,
    )

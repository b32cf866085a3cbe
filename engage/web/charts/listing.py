"""A chart as tables that fold: who and what is on it by kind, and each person's lines with all the records behind them. Nothing is drawn that does not stand here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.networks.charts.rules import (
    AWAY,
    EVENT,
    HOW,
    KINDS,
    NAMED,
    PERSON,
    Chart,
    Edge,
    End,
    Node,
    Record,
)
from engage.web.charts import words
from engage.web.charts.presenters import Reader, page_of
from engage.web.components import Cell, Table
from engage.web.people.chronology import anchor


# So many rows are shown open: more would push what follows out of sight.
FEW = 12


@dataclass(frozen=True)
class Fold:
    """A table under a heading that says how much there is in it; `anchor` is where links lead to it."""

    title: str
    table: Table
    anchor: str
    is_open: bool = False


def nodes(made: Chart, reader: Reader) -> list[Fold]:
    """Everybody and everything on the chart, a table for each kind, nearest first."""
    lines = Counter(end for edge in made.edges for end in edge.ends)
    places = {node.end: number for number, node in enumerate(_people(made))}
    folds: list[Fold] = []
    for kind in KINDS:
        some = [node for node in made.nodes if node.kind == kind]
        title = f"{words.kinds(kind)} ({len(some)})"
        if some:
            table = _events(title, some, made, reader) if kind == EVENT else _things(title, some, made, reader, (lines, places))  # fmt: skip
            folds.append(Fold(title, table, kind, is_open=len(some) <= FEW and not folds))
    return folds


_Counted = tuple[Mapping[End, int], Mapping[End, int]]


def _things(title: str, some: Collection[Node], made: Chart, reader: Reader, counted: _Counted) -> Table:
    to_press = () if reader.is_printed else (_("Open"), _("Start from here"), _("Of concern"))
    head = (_("Name"), _("What it is"), _("Lines away"), _("Lines"), *to_press)
    rows = [
        (
            _named(node, made, reader),
            words.kind_of(node),
            str(node.steps),
            str(counted[0][node.end]) if reader.is_printed else _lines(node, counted),
            *(() if reader.is_printed else _to_press(node, reader)),
        )
        for node in some
    ]
    return Table(title, head, rows, frozenset({2, 3}), is_caption_hidden=True)


def _named(node: Node, made: Chart, reader: Reader) -> Cell:
    return Cell(words.label(node), href="" if reader.is_printed else page_of(node, made, reader))


def _to_press(node: Node, reader: Reader) -> tuple[Cell | str, ...]:
    return (
        _("Open already") if node.is_open else Cell(_("Open"), href=reader.expand(node)),
        Cell(_("New chart"), href=reader.start(node)),
        _of_concern(node, reader),
    )


def _of_concern(node: Node, reader: Reader) -> Cell | str:
    href = reader.of_concern(node)
    if not href:
        return ""
    return Cell(_("Linked people and places") if node.kind == PERSON else _("What ties it to children"), href=href)  # fmt: skip


def _lines(node: Node, counted: _Counted) -> Cell | str:
    lines, places = counted
    number = str(lines[node.end])
    return Cell(number, href=f"#lines-{places[node.end]}") if node.end in places else number


def _events(title: str, some: Collection[Node], made: Chart, reader: Reader) -> Table:
    head = (_("Event"), _("What it is"), _("When"), _("Lines away"), _("Who had a part"))
    named = {node.end: words.label(node) for node in made.nodes}
    who: dict[End, list[str]] = {}
    for edge in made.edges:
        one, other = edge.ends
        if one[0] == EVENT and other[0] == PERSON:
            who.setdefault(one, []).append(named[other])
    rows = [
        (
            _named(node, made, reader),
            words.kind_of(node),
            words.day(node.on, node.precision),
            str(node.steps),
            ", ".join(sorted(who.get(node.end, ()))),
        )
        for node in some
    ]
    return Table(title, head, rows, frozenset({3}), is_caption_hidden=True)


def _people(made: Chart) -> list[Node]:
    return [node for node in made.nodes if node.kind == PERSON]


def lines(made: Chart, reader: Reader) -> list[Fold]:
    """Of each person every line with all the records behind it, newest first. A line between two people stands with both."""
    by_person: dict[str, list[Edge]] = {}
    for edge in made.edges:
        for kind, key in edge.ends:
            if kind == PERSON:
                by_person.setdefault(key, []).append(edge)
    named = {node.end: node for node in made.nodes}
    return [
        _of_person(node, by_person.get(node.key, []), named, (reader, f"lines-{number}"))
        for number, node in enumerate(_people(made))
    ]


def _of_person(
    node: Node, some: Collection[Edge], named: Mapping[End, Node], where: tuple[Reader, str]
) -> Fold:
    reader, anchor = where
    count = ngettext("%(count)s line", "%(count)s lines", len(some)) % {"count": len(some)}
    records = sum(len(edge.records) for edge in some)
    told = ngettext("%(count)s record", "%(count)s records", records) % {"count": records}
    title = f"{words.label(node)}, {words.kind_of(node)}: {count}, {told}"
    head = (_("To"), _("What it is"), _("What the record says"), _("Day"), _("Agency"), _("Grade"), _("Line"), _("Record"))  # fmt: skip
    rows = [row for edge in _newest_first(some) for row in _records(node, edge, named, reader)]
    table = Table(title, head, rows, is_caption_hidden=True, empty=_("No lines that you may see."))
    return Fold(title, table, anchor)


def _newest_first(some: Iterable[Edge]) -> list[Edge]:
    return sorted(some, key=lambda edge: (-(edge.last_on.toordinal() if edge.last_on else 0), edge.ends))


def _records(
    node: Node, edge: Edge, named: Mapping[End, Node], reader: Reader
) -> Iterable[tuple[Cell | str, ...]]:
    one, two = edge.ends
    other = named[two if one == node.end else one]
    for record in edge.records:
        yield (
            words.label(other),
            words.kind_of(other),
            _part(record, other),
            words.day(record.on, record.precision) if record.on else Cell(_("not known"), is_known=False),
            reader.agency(record.agency),
            Cell(record.grade, is_verbatim=True) if record.grade else Cell(_("none given"), is_known=False),
            words.strength(record.strength),
            _number(record, (node, other), reader),
        )


def _number(record: Record, ends: tuple[Node, Node], reader: Reader) -> Cell:
    """The record, with the way to its words in the chronology of whoever has a part in it. Whom the text of an event only names has none: it stands in no chronology of theirs;
    and what has no day is no event."""
    number, (node, other) = record.record_id.split(":", 1)[-1], ends
    is_only_named = record.part == NAMED and other.kind == EVENT
    if reader.is_printed or record.on is None or is_only_named:
        return Cell(number, is_verbatim=True)
    # Somebody was away on nights after the day of the report; a month or year is no day to cut by.
    is_its_day = record.part != AWAY and record.precision in ("minute", "day")
    cut = f"from_on={record.on}&until_on={record.on}" if is_its_day else ""
    page = reader.page("people_chronology", record.whose or node.key, cut)
    return Cell(number, href=f"{page}#{anchor(record.record_id)}", is_verbatim=True)


def _part(record: Record, other: Node) -> Cell:
    """What the record says, in its source's word; of two people, whose word it is."""
    if not record.part:
        return Cell(_("not said"), is_known=False)
    if record.part in HOW or other.kind != PERSON:
        return Cell(words.part(record.part), is_verbatim=record.part not in HOW)
    if record.whose == other.key:
        return Cell(_("they are “%(tie)s” this person") % {"tie": words.part(record.part)})
    return Cell(_("this person is “%(tie)s” them") % {"tie": words.part(record.part)})

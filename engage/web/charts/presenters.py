"""Charts as pages say them: the question, what is drawn and what is not, and the same as two tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.networks.charts.addresses import address_of
from engage.networks.charts.rules import (
    BETWEEN,
    EVENT,
    MOST_LINES,
    MOST_NODES,
    NIGHTS,
    PERSON,
    Chart,
    Edge,
    Node,
    Question,
)
from engage.networks.charts.saved import Saved
from engage.web.access.words import purpose_title
from engage.web.charts import words
from engage.web.components import Cell, SummaryRow, Table


@dataclass(frozen=True)
class Reader:
    """The agencies' names by code, the question, and the day that the address asks for ("" for none), which links keep."""

    titles: Mapping[str, str]
    question: Question
    asked: str = ""

    def agency(self, code: str) -> str:
        """An agency's name."""
        return self.titles.get(code, code)

    def address(self, question: Question, name: str = "charts", *arguments: str) -> str:
        """The address of a chart."""
        day = f"&as_of={self.asked}" if self.asked else ""
        return f"{reverse(name, args=arguments)}?{address_of(question)}{day}"

    def expand(self, node: Node) -> str:
        """This chart with somebody or something opened as well."""
        return self.address(replace(self.question, expand=tuple(sorted({*self.question.expand, node.end}))))

    def start(self, node: Node) -> str:
        """A chart that starts from there."""
        return self.address(Question(about=(node.end,)))

    def longer(self) -> str:
        """This chart with longer ways."""
        return self.address(replace(self.question, is_longer=True))

    def print(self) -> str:
        """This chart on paper."""
        return self.address(self.question, "charts_print")

    def take(self, form: str) -> str:
        """This chart as a file."""
        return self.address(self.question, "charts_take", form)

    def page(self, name: str, person: str, more: str = "") -> str:
        """A page of a person."""
        asked = "&".join(part for part in (f"as_of={self.asked}" if self.asked else "", more) if part)
        return reverse(name, args=[person]) + (f"?{asked}" if asked else "")


def title(made: Chart, question: Question) -> str:
    """The question in words."""
    started = [words.label(node) for node in made.nodes if node.steps == 0]
    if question.asks == BETWEEN:
        return _("What lies between %(names)s?") % {"names": _(" and ").join(started)}
    if question.asks == NIGHTS:
        return _("Who was with whom on these nights?")
    return _("What is around %(names)s?") % {"names": ", ".join(started)}


def told(made: Chart, question: Question) -> list[str]:
    """What is drawn, of which days, and what is not drawn and why, a sentence each."""
    found = [_drawn(made)]
    if question.from_on or question.until_on:
        found.append(_days(question))
    if not made.is_joined:
        found.append(_("Nothing that you may see ties the two by %(count)s lines or fewer. That does not mean that nothing does.") % {"count": MOST_LINES})  # fmt: skip
    if made.alone:
        found.append(
            ngettext("%(count)s event in which you may see nobody else is not drawn: it is in the chronology of whoever it is about.", "%(count)s events in which you may see nobody else are not drawn: they are in the chronology of whoever they are about.", made.alone)
            % {"count": made.alone}
        )  # fmt: skip
    if made.left_out:
        kinds = ", ".join(f"{words.kind(kind)}: {count}" for kind, count in made.left_out.items())
        found.append(_("The %(most)s nearest are drawn. Further away, and left out: %(kinds)s. Cut the days, or start from somebody else.") % {"most": MOST_NODES, "kinds": kinds})  # fmt: skip
    if any(node.is_common for node in made.nodes):
        found.append(_("What many people have to do with ties nobody to anybody. It is drawn, and opened only when you ask."))  # fmt: skip
    return found


def _drawn(made: Chart) -> str:
    nodes = ngettext("%(count)s person or thing", "%(count)s people and things", len(made.nodes)) % {"count": len(made.nodes)}  # fmt: skip
    lines = ngettext("%(count)s line", "%(count)s lines", len(made.edges)) % {"count": len(made.edges)}
    return _("%(nodes)s, %(lines)s, of what you may see.") % {"nodes": nodes, "lines": lines}


def _days(question: Question) -> str:
    first = date_format(question.from_on, "j F Y") if question.from_on else _("the beginning")
    last = date_format(question.until_on, "j F Y") if question.until_on else _("today")
    if question.asks == NIGHTS:
        return _("Nights from %(first)s to %(last)s, each until the next morning. What has no day is left out.") % {"first": first, "last": last}  # fmt: skip
    return _("From %(first)s to %(last)s. What has no day is drawn as well.") % {"first": first, "last": last}


def may_be_longer(made: Chart, question: Question) -> bool:
    """Between two there may be longer ways than the shortest."""
    return question.asks == BETWEEN and not question.is_longer and made.is_joined


def filters(question: Question, reader: Reader) -> dict[str, object]:
    """What the form that cuts the days holds: the days, and the rest of the question as hidden fields."""
    plain = replace(question, from_on=None, until_on=None)
    hidden = [part.partition("=")[::2] for part in address_of(plain).split("&") if part]
    fields = [(name, _unquoted(value)) for name, value in hidden]
    return {"from": _iso(question.from_on), "until": _iso(question.until_on), "hidden": fields, "all": reader.address(plain)}  # fmt: skip


def _unquoted(text: str) -> str:
    from urllib.parse import unquote_plus

    return unquote_plus(text)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def node_table(made: Chart, reader: Reader) -> Table:
    """Everybody and everything on the chart, nearest first."""
    head = (_("Who or what"), _("Kind"), _("When"), _("Lines away"), _("Open"), _("Start from here"))
    rows = [
        (
            _named(node, made, reader),
            words.kind_of(node),
            words.day(node.on, node.precision) if node.kind == EVENT else "",
            str(node.steps),
            _opens(node, reader),
            Cell(_("New chart"), href=reader.start(node)) if node.kind != EVENT else "",
        )
        for node in made.nodes
    ]
    return Table(_("Who and what is on the chart"), head, rows, frozenset({3}), empty=_("Nobody and nothing that you may see."))  # fmt: skip


def _named(node: Node, made: Chart, reader: Reader) -> Cell:
    return Cell(words.label(node), href=page_of(node, made, reader))


def _opens(node: Node, reader: Reader) -> Cell | str:
    if node.kind == EVENT or node.is_open:
        return _("Open already")
    return Cell(_("Open"), href=reader.expand(node))


def page_of(node: Node, made: Chart, reader: Reader) -> str:
    """Where somebody's page is; of an event the chronology of one who has a part in it, cut to its day; "" of other things."""
    if node.kind == PERSON:
        return reader.page("people_person", node.key)
    if node.kind != EVENT:
        return ""
    people = sorted(
        end[1] for edge in made.edges for end in edge.ends if node.end in edge.ends and end[0] == PERSON
    )
    cut = f"from_on={node.on}&until_on={node.on}" if node.on and node.precision in ("minute", "day") else ""
    return reader.page("people_chronology", people[0], cut) if people else ""


def line_table(made: Chart, reader: Reader) -> Table:
    """Every line with all the records behind it, a row for each record."""
    nodes = {node.end: node for node in made.nodes}
    head = (_("From"), _("To"), _("What the record says"), _("Day"), _("Agency"), _("Grade"), _("Line"), _("Record"))  # fmt: skip
    rows = [row for edge in made.edges for row in _records(edge, nodes, reader)]
    return Table(_("The lines, each with the records behind it"), head, rows, empty=_("No lines that you may see."))  # fmt: skip


def _records(
    edge: Edge, nodes: Mapping[tuple[str, str], Node], reader: Reader
) -> Iterable[tuple[Cell | str, ...]]:
    one, other = (nodes[end] for end in edge.ends)
    if other.kind == PERSON:
        one, other = other, one
    for record in edge.records:
        is_turned = other.kind == PERSON and record.whose == other.key
        first, second = (other, one) if is_turned else (one, other)
        yield (
            words.label(first),
            words.label(second),
            Cell(words.part(record.part), is_verbatim=True)
            if record.part
            else Cell(_("not said"), is_known=False),
            words.day(record.on, record.precision) if record.on else Cell(_("not known"), is_known=False),
            reader.agency(record.agency),
            Cell(record.grade, is_verbatim=True) if record.grade else Cell(_("none given"), is_known=False),
            words.strength(record.strength),
            Cell(record.record_id.split(":", 1)[-1], is_verbatim=True),
        )


def saved_table(found: Iterable[Saved]) -> Table:
    """The saved charts."""
    head = (_("Title"), _("Note"), _("Saved by"), _("Purpose"), _("Last written"))
    rows = [
        (
            Cell(one.title, href=reverse("charts_opened", args=[one.number])),
            one.note,
            one.owner_name,
            purpose_title(one.purpose),
            date_format(localtime(one.said_at), "j F Y, H:i"),
        )
        for one in found
    ]
    return Table(_("Saved charts"), head, rows, is_caption_hidden=True, empty=_("Your agency has saved no charts."))  # fmt: skip


def saved_rows(one: Saved, agencies: Mapping[str, str]) -> list[SummaryRow]:
    """Who saved a chart, when and what for, and who wrote of it last."""
    when = "j F Y, H:i"
    rows = [
        (_("Note"), one.note or _("none")),
        (_("Saved by"), f"{one.owner_name}, {agencies.get(one.agency, one.agency)}"),
        (_("Saved on"), date_format(localtime(one.made_at), when)),
        (_("Purpose"), purpose_title(one.purpose)),
        (_("Last written"), f"{one.said_by_name}, {date_format(localtime(one.said_at), when)}"),
    ]
    return [SummaryRow(key, (Cell(value),)) for key, value in rows]

"""Charts as pages say them: the question, what is drawn and what is not, and where from here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qsl

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
    Node,
    Question,
)
from engage.networks.charts.saved import Saved
from engage.networks.rules import code_of
from engage.web.access.words import purpose_title
from engage.web.charts import words
from engage.web.components import Cell, SummaryRow, Table
from engage.web.networks.words import FAMILY_OF


@dataclass(frozen=True)
class Reader:
    """The agencies' names by code, the question, the day that the address asks for ("" for none), which links keep, and whether it is for paper, which has none."""

    titles: Mapping[str, str]
    question: Question
    asked: str = ""
    is_printed: bool = False

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

    def of_concern(self, node: Node) -> str:
        """The page of what ties it to children; of somebody the one of who and what of concern they are linked to. Of what has no such page ""."""
        if node.kind == PERSON:
            return self.page("concern_of", node.key)
        if not node.has_lines:
            return ""
        day = f"?as_of={self.asked}" if self.asked else ""
        return reverse("concern_one", args=[FAMILY_OF[node.kind], code_of(*node.end)]) + day

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
    if made.by_hand:
        names = ", ".join(words.label(node) for node in made.nodes if node.key in made.by_hand)
        count = sum(made.by_hand.values())
        found.append(
            ngettext("%(count)s thing was recorded by hand since the last build, and is not on the chart yet: it is in the chronology of %(names)s.", "%(count)s things were recorded by hand since the last build, and are not on the chart yet: they are in the chronologies of %(names)s.", count)
            % {"count": count, "names": names}
        )  # fmt: skip
    if any(node.is_common for node in made.nodes):
        found.append(_("What many people have to do with ties nobody to anybody. It is drawn, and opened only when you ask."))  # fmt: skip
    return found


def _drawn(made: Chart) -> str:
    nodes = ngettext("%(count)s person or thing", "%(count)s people and things", len(made.nodes)) % {"count": len(made.nodes)}  # fmt: skip
    lines = ngettext("%(count)s line", "%(count)s lines", len(made.edges)) % {"count": len(made.edges)}
    return _("%(nodes)s, %(lines)s, of what you may see.") % {"nodes": nodes, "lines": lines}


def nodes_title(made: Chart) -> str:
    """The heading of who and what is on a chart."""
    return _("Who and what is on the chart (%(count)s)") % {"count": len(made.nodes)}


def lines_title(made: Chart) -> str:
    """The heading of the lines by person, with how many lines and records there are."""
    records = sum(len(edge.records) for edge in made.edges)
    lines = ngettext("%(count)s line", "%(count)s lines", len(made.edges)) % {"count": len(made.edges)}
    told = ngettext("%(count)s record", "%(count)s records", records) % {"count": records}
    return _("The lines of each person (%(lines)s, %(records)s)") % {"lines": lines, "records": told}


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
    return {"from": _iso(question.from_on), "until": _iso(question.until_on), "hidden": hidden_fields(plain), "all": reader.address(plain)}  # fmt: skip


def hidden_fields(question: Question) -> list[tuple[str, str]]:
    """A question as the fields of a form that keeps it."""
    return parse_qsl(address_of(question))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def page_of(node: Node, made: Chart, reader: Reader) -> str:
    """Where somebody's page is; of an event the chronology of one who has a part in it, cut to its day; "" of other things."""
    if node.kind == PERSON:
        return reader.page("people_person", node.key)
    if node.kind != EVENT:
        return ""
    people = made.parts.get(node.end, ())
    cut = f"from_on={node.on}&until_on={node.on}" if node.on and node.precision in ("minute", "day") else ""
    return reader.page("people_chronology", people[0], cut) if people else ""


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

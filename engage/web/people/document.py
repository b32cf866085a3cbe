"""The merged chronology of one person as a Word document: what stands in it, in which order, and how it is to be treated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext, to_locale
from django.utils.translation import gettext as _

from engage.picture.rules import Entry, PersonPage
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_
from engage.web.access.words import purpose_title, role_title
from engage.web.components import Cell, Table
from engage.web.documents.word import Paper, Part
from engage.web.people import chronology as lines
from engage.web.people import heads, presenters, words
from engage.web.people.chronology import Line
from engage.web.people.presenters import Reader
from engage.web.people.texts import Read


TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_UNDATED = datetime.max.replace(tzinfo=UTC)
_FILE = (3.6, 4.4, 11.9, 5.8)
_SUMMARY = (6.0, 19.7)
_HANDLING = {
    "": N_("No handling code: the information sharing agreement with the agency governs."),
    "P": N_("P (3x5x2): the police permit lawful sharing with partners."),
    "C": N_("C (3x5x2): lawful sharing only on conditions. Ask the agency before anybody else hears of it."),
}


@dataclass(frozen=True)
class Made:
    """Who makes the document and what it is made from: the viewing, the area's name, and the build's id."""

    viewing: Viewing
    area: str
    build_id: str


def chronology_as_word(page: PersonPage, entries: Sequence[Entry], reader: Reader, made: Made) -> bytes:
    """The file. It holds exactly the entries given, which the door has cut to what the viewer may see."""
    who = heads.head(page, reader, here="")
    title = _("Chronology of %(name)s, person %(id)s") % {"name": who.name, "id": page.person_id}
    viewing = made.viewing
    paper = Paper(title, author=viewing.viewer.name, at=viewing.at, language=_language())
    _about(paper, page, who, reader, made)
    _treatment(paper, entries)
    paper.heading(_("Which agencies know this person"), 2)
    _plain_table(paper, presenters.involved_table(page.involved, reader))
    _entries(paper, entries, reader)
    paper.heading(_("What is not known"), 2)
    paper.bullets([*presenters.silences(page, reader), _("An empty list is not a “no”.")])
    paper.header(_("OFFICIAL-SENSITIVE"))
    paper.footer(_footer(page, made), _("Page"), _("of"))
    return paper.as_bytes()


def _language() -> str:
    return to_locale(get_language() or "en-gb").replace("_", "-")


def _footer(page: PersonPage, made: Made) -> str:
    values = {"id": page.person_id, "name": made.viewing.viewer.name, "when": _moment(made.viewing.at)}
    return _("Confidential. Chronology of person %(id)s, made by %(name)s on %(when)s.") % values


def _moment(at: datetime) -> str:
    return date_format(localtime(at), "j F Y, H:i")


def _about(paper: Paper, page: PersonPage, who: heads.Head, reader: Reader, made: Made) -> None:
    paper.heading(_("About this document"), 2)
    viewing = made.viewing
    maker = {
        "name": viewing.viewer.name,
        "role": role_title(viewing.viewer.role),
        "agency": reader.agency(viewing.viewer.agency),
    }
    known = (
        (_("About whom"), f"{who.name}, {page.person_id}. {who.born}."),
        (_("Made by"), _("%(name)s (%(role)s, %(agency)s)") % maker),
        (_("Made on"), _moment(viewing.at)),
        (_("For what purpose"), purpose_title(viewing.purpose)),
        (_("As known on"), words.day(viewing.as_of)),
        (_("Made from"), _("%(area)s, build %(build)s") % {"area": made.area, "build": made.build_id}),
        (_("What was chosen"), _chosen(page, reader)),
        (_("How many entries"), str(page.entry_count)),
        *((_("Note"), notice.text) for notice in who.notices),
    )
    head = (_("What"), _("What is so"))
    rows = ([[Part(name, is_strong=True)], [Part(said)]] for name, said in known)
    paper.table(_("Whom this document is about, who made it, when and why"), head, rows, _SUMMARY)


def _chosen(page: PersonPage, reader: Reader) -> str:
    """How the chronology was cut, so that nobody takes a part for the whole."""
    cut, parts = page.filters, list[str]()
    if cut.agencies:
        parts.append(
            _("agencies: %(names)s") % {"names": ", ".join(map(reader.agency, sorted(cut.agencies)))}
        )
    if cut.kinds:
        parts.append(_("kinds: %(names)s") % {"names": ", ".join(map(words.kind, sorted(cut.kinds)))})
    if cut.from_on:
        parts.append(_("from %(day)s") % {"day": words.day(cut.from_on)})
    if cut.until_on:
        parts.append(_("until %(day)s") % {"day": words.day(cut.until_on)})
    if not parts:
        return _("Everything that whoever made it may see for that purpose.")
    return _("Only a part: %(parts)s.") % {"parts": "; ".join(parts)}


def _treatment(paper: Paper, entries: Sequence[Entry]) -> None:
    paper.heading(_("How to treat this document"), 2)
    paper.bullets(
        (
            _("It holds what whoever made it may see for the purpose above. Somebody else may see more or less: do not pass it on; let them make their own."),
            _("Keep it where your agency keeps confidential records, and destroy it when the purpose has ended. That it was made is written in the access log."),
            _("It does not follow what is received or judged after it was made. Make it anew before you rely on it."),
            _("Words of a source stand as they were delivered, also where they are not the words that we would use of a child today."),
            _("What is marked as read by software was found in a text by rules. It is weaker than what somebody recorded as such, and may be misread."),
            _("It does not score, predict or rank anybody. Nothing written here is not the same as nothing having happened."),
        )
    )  # fmt: skip
    codes = sorted({entry.handling for entry in entries})
    if codes:
        paper.heading(_("Handling of the entries"), 3)
        paper.bullets(_handling(code) for code in codes)


def _handling(code: str) -> str:
    if code in _HANDLING:
        return _(_HANDLING[code])
    return _("%(code)s: handled as its agency says. Ask the agency before anybody else hears of it.") % {"code": code}  # fmt: skip


def _plain_table(paper: Paper, table: Table) -> None:
    """One of the site's tables, without its links."""
    if not table.rows:
        paper.paragraph(table.empty)
        return
    rows = ([[Part(cell.text if isinstance(cell, Cell) else cell)] for cell in row] for row in table.rows)
    paper.table(table.caption, table.head, rows, [sum(_SUMMARY) / len(table.head)] * len(table.head))


def _entries(paper: Paper, entries: Sequence[Entry], reader: Reader) -> None:
    """Oldest first, as a court or a conference reads it, a heading for each year; what has no date comes last."""
    paper.heading(_("Chronology"), 2)
    if not entries:
        paper.paragraph(_("Nothing is shown here. That is not the same as nothing having happened."))
        return
    paper.paragraph(_("Oldest first; entries of which no date is known stand last."))
    ordered = sorted(entries, key=lambda entry: entry.happened_from_at or _UNDATED)
    head = (_("When"), _("Agency"), _("What, in the words of the source"), _("Record, grade and handling"))
    for year, some in groupby(ordered, _year):
        listed = list(some)
        count = ngettext("%(year)s: %(count)s entry", "%(year)s: %(count)s entries", len(listed))
        about = count % {"year": year, "count": len(listed)}
        paper.heading(about, 3)
        shown = zip(listed, lines.lines(listed, reader), strict=True)
        paper.table(about, head, (_row(entry, line) for entry, line in shown), _FILE)


def _year(entry: Entry) -> str:
    begun = entry.happened_from_at
    return str(localtime(begun).year) if begun else _("Date not known")


def _row(entry: Entry, line: Line) -> tuple[list[Part], ...]:
    return (
        [Part(line.happened, is_strong=True)],
        [Part(line.agency)],
        list(_what(entry, line)),
        list(_whence(line)),
    )


def _what(entry: Entry, line: Line) -> Iterator[Part]:
    yield Part(line.title, is_strong=True)
    if line.kind != line.title:
        yield Part(_("Kind: %(kind)s") % {"kind": line.kind})
    yield from (Part(f"{name}: {value}") for name, value in line.facts)
    if entry.narrative:
        yield Part(_("Words as delivered:"))
        yield Part(f"“{entry.narrative}”", is_as_delivered=True)
    if line.withheld:
        yield Part(_("Withheld: %(what)s") % {"what": line.withheld})
    if line.read:
        yield Part(_("Read by software in these words; weaker than a record, and may be misread:"))
        yield from (Part(_read(one), is_item=True) for one in line.read)


def _read(one: Read) -> str:
    """What was read, and who said that it is wrong, if anybody did."""
    return f"{one.text}. {one.wrong}" if one.wrong else one.text


def _whence(line: Line) -> Iterator[Part]:
    yield Part(line.source)
    yield from (Part(text) for text, _colour in line.tags)

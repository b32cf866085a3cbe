"""One person's page in plain words: who is involved, who says what, which records are the person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _

from engage.picture.rules import Involved, PersonPage, Proposed, SaidValue, Saying, Silence
from engage.picture.watching.rules import BY_HAND
from engage.web.components import Cell, SummaryRow, Table
from engage.web.people import words
from engage.web.templatetags.engage import said


_SEVERAL = ("name", "birth", "sex", "address", "phone", "organisation")


@dataclass(frozen=True)
class Reader:
    """What presenters need to know of who reads: the agencies' names, kinds and whom to phone there by code, the day that is shown, the day that
    the address asks for ("" for none), which links keep, the worker's own agency and sign-in name, and what the worker may do here."""

    titles: Mapping[str, str]
    as_of: date
    kinds: Mapping[str, str] = field(default_factory=dict)
    asked: str = ""
    own_agency: str = ""
    user_id: str = ""
    may_record: bool = False
    may_give_reason: bool = False
    may_judge: bool = False
    may_watch: bool = False
    may_refer: bool = False
    contacts: Mapping[str, str] = field(default_factory=dict)

    def agency(self, code: str) -> str:
        """An agency's name."""
        return self.titles.get(code, code)

    def whom_to_phone(self, code: str) -> str:
        """An agency's name, with whom to phone there and the number, where the area's settings give one."""
        contact = self.contacts.get(code, "")
        return f"{self.agency(code)} ({contact})" if contact else self.agency(code)

    def watch(self, kind: str, key: str) -> str:
        """The address where the worker begins to watch something; "" for who watches nothing."""
        asked = urlencode({"kind": kind, "key": key})
        return f"{reverse('watches_new')}?{asked}" if self.may_watch else ""

    def refer(self, kind: str, about: str, came_from: str, **more: str) -> str:
        """The address where the worker refers somebody or something to the team, from a page whose records come with it; "" for who refers nothing, or on a past day."""
        asked = urlencode({"about": about, "from": came_from, **more})
        return f"{reverse('cases_refer', args=[kind])}?{asked}" if self.may_refer and not self.asked else ""

    def chart(self, *ends: str) -> str:
        """The address of a chart of what is around somebody or something, or several: kind, key, kind, key …"""
        first, *further = [":".join(ends[at : at + 2]) for at in range(0, len(ends), 2)]
        asked = [("about", first), *(("also", end) for end in further)]
        return f"{reverse('charts')}?{urlencode([*asked, *([('as_of', self.asked)] if self.asked else [])])}"

    def link(self, name: str, *arguments: str, query: str = "") -> str:
        """The address of a page, at the same as-of day."""
        parts = [part for part in (query, f"as_of={self.asked}" if self.asked else "") if part]
        return _address(get_script_prefix(), name, arguments) + ("?" + "&".join(parts) if parts else "")


@lru_cache(maxsize=20_000)
def _address(_prefix: str, name: str, arguments: tuple[str, ...]) -> str:
    """Of a page with hundreds of links to work out their addresses takes as long as to write it, and whoever looks again is shown the same."""
    return reverse(name, args=arguments)


def involved_table(involved: Sequence[Involved], reader: Reader) -> Table:
    """Which agencies know the person, whom to phone there; those that only say so are named as such."""
    head = (_("Agency"), _("Its part"), _("What it holds"), _("Last contact"), _("Whom to phone"))
    rows = [(said(i.title), _part(i, reader), _holds(i), _last(i), _whom(i)) for i in involved]
    return Table(_("Who is involved"), head, rows, empty=_("No agency that you may know of."))


def _part(i: Involved, reader: Reader) -> str:
    return words.agency_kind(reader.kinds.get(i.agency, i.agency))


def _holds(i: Involved) -> Cell | str:
    if i.sentence is not None:
        return Cell(said(i.sentence), is_known=False)
    named = [_("recorded here by hand") if one == BY_HAND else one.replace("_", " ") for one in i.services]
    services = ", ".join(named) or _("Shown on this page")
    return unjudged(services) if i.is_unjudged else services


def unjudged(words: str) -> str:
    """What is so of the person only by joins that nobody has judged."""
    return _("%(ways)s (by a join that nobody has judged)") % {"ways": words}


def _last(i: Involved) -> Cell | str:
    return words.day(i.last_contact_on) if i.last_contact_on else Cell(_("no dated contact"), is_known=False)


def _whom(i: Involved) -> Cell | str:
    parts = [part for part in (i.contact, i.phone) if part]
    return ", ".join(parts) if parts else Cell(_("no contact given"), is_known=False)


def brief_rows(page: PersonPage, reader: Reader) -> list[SummaryRow]:
    """What is said of the person today, in short, with a way to who says so."""
    found = {field.field: field for field in page.said}
    rows = []
    for code in _SEVERAL:
        values = [v for v in found[code].values if v.is_current] if code in found else []
        cells = [cell for v in values for cell in _in_short(code, v, page)] or [_not_known(page)]
        if code in found and found[code].is_conflict:
            cells.append(Cell(_("Sources differ"), colour="yellow"))
        action = Cell(_("Who says so"), href=reader.link("people_identity", page.person_id) + f"#{code}")
        rows.append(SummaryRow(words.field(code), tuple(cells), action if values else None))
    return rows


def _in_short(code: str, value: SaidValue, page: PersonPage) -> list[Cell]:
    shown = [Cell(words.value(code, value.value))]
    return [*shown, Cell(_("Join not judged"), colour="grey")] if _is_unjudged(value, page) else shown


def _is_unjudged(value: SaidValue, page: PersonPage) -> bool:
    """It is the person's only by joins that nobody has judged; what every record says is so whoever of them is whose."""
    by = {one.record_id for one in value.said_by}
    return by <= set(page.unjudged) and by != {one.record_id for one in page.records}


def _not_known(page: PersonPage) -> Cell:
    return Cell(
        _("not known: none of %(count)s records shown here says") % {"count": len(page.records)},
        is_known=False,
    )


@dataclass(frozen=True)
class SaidLine:
    """One value of one field: who says so, and what is to be known about it."""

    value: str
    is_verbatim: bool
    says: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SaidBlock:
    """One field with all its values side by side."""

    code: str
    title: str
    is_conflict: bool
    lines: tuple[SaidLine, ...]


def said_blocks(page: PersonPage, reader: Reader) -> list[SaidBlock]:
    """Everything said of the person, each value with who says so."""
    return [
        SaidBlock(
            f.field,
            words.field(f.field),
            f.is_conflict,
            tuple(_line(f.field, v, page, reader) for v in f.values),
        )
        for f in page.said
    ]


def _line(code: str, value: SaidValue, page: PersonPage, reader: Reader) -> SaidLine:
    tags = []
    if _is_unjudged(value, page):
        tags.append((_("Join not judged"), "grey"))
    if not value.is_used:
        tags.append((_("Not used: not well formed"), "yellow"))
    if not value.is_current:
        tags.append((_("No longer said"), "grey"))
    shown = words.value(code, value.value)
    return SaidLine(shown, shown == value.value, tuple(_says(s, reader) for s in value.said_by), tuple(tags))


def _says(saying: Saying, reader: Reader) -> str:
    _area, _agency, file, source = saying.record_id.split(":", 3)
    values = {
        "agency": reader.agency(saying.agency),
        "file": file.replace("_", " "),
        "id": source,
        "from": words.day(date.fromisoformat(saying.known_from_on)),
        "until": words.day(date.fromisoformat(saying.known_until_on)) if saying.known_until_on else "",
    }
    if saying.known_until_on and saying.known_until_on <= reader.as_of.isoformat():
        return _("%(agency)s, %(file)s %(id)s, received %(from)s, until %(until)s") % values
    return _("%(agency)s, %(file)s %(id)s, received %(from)s") % values


def records_table(page: PersonPage, reader: Reader) -> Table:
    """The records that are this person, as far as the viewer may see them."""
    head = (_("Record"), _("Agency"), _("Received"), _("State"), _("Joined"))
    rows = [
        (
            Cell(":".join(s.record_id.split(":", 2)[2:]), is_verbatim=True),
            reader.agency(s.agency),
            words.day(date.fromisoformat(s.known_from_on)),
            Cell(_("No longer current"), colour="grey")
            if s.known_until_on
            else Cell(_("Current"), colour="green"),
            _joined(s.record_id, page),
        )
        for s in page.records
    ]
    return Table(_("Records that are this person"), head, rows, empty=_("None that you may see."))


def _joined(record_id: str, page: PersonPage) -> str:
    """Whose word it is that the record is this person's."""
    if record_id in page.unjudged:
        return _("By the software; nobody has judged it")
    return _("Somebody judged it") if len(page.records) > 1 else _("The only record shown")


def proposals_table(proposals: Sequence[Proposed], reader: Reader, *, person_id: str) -> Table:
    """Records that may be this person's and that nobody has joined."""
    head = (_("This person's record"), _("May be the same as"), _("Why it was not joined"), _("Look"))
    rows = [
        (
            record_name(p.left_record_id, reader),
            record_name(p.right_record_id, reader),
            words.proposal(p),
            Cell(
                _("Compare field by field"),
                href=join_link(p.left_record_id, p.right_record_id, reader, person_id),
            ),
        )
        for p in proposals
    ]
    return Table(_("Records that may be this person and are not joined"), head, rows, empty=_("None."))


def record_name(record_id: str, reader: Reader) -> str:
    """A record as people call it: whose, in which file, under which id."""
    _area, agency, file, source = record_id.split(":", 3)
    values = {"agency": reader.agency(agency), "file": file.replace("_", " "), "id": source}
    return _("%(agency)s, %(file)s %(id)s") % values


def join_link(left: str, right: str, reader: Reader, person_id: str) -> str:
    """The address where two records are compared, which leads back to the person."""
    asked = {"left": left, "right": right, "person": person_id}
    return reader.link("people_join", query=urlencode(asked))


def silences(page: PersonPage, reader: Reader) -> list[str]:
    """What is not shown, and whose silence it is."""
    return [_silence(silence, reader, is_heard=silence.agency in page.agencies) for silence in page.silences]


def _silence(silence: Silence, reader: Reader, *, is_heard: bool) -> str:
    values = {
        "agency": reader.agency(silence.agency),
        "kind": words.kind(silence.kind),
        "whom": silence.whom,
        "from": words.day(silence.from_on),
        "until": words.day(silence.until_on),
        "day": words.day(reader.as_of),
    }
    if not silence.kind and is_heard:
        return (
            _(
                "%(agency)s had not said by %(day)s what its extracts cover: what is missing here is not a “no”."
            )
            % values
        )
    if not silence.kind:
        return (
            _("%(agency)s has sent nothing by %(day)s that covers anybody: what it knows is not known here.")
            % values
        )
    if silence.until_on:
        return (
            _("%(agency)s sends “%(kind)s” for %(whom)s, from %(from)s until %(until)s: none is shown here.")
            % values
        )
    if silence.from_on:
        return _("%(agency)s sends “%(kind)s” for %(whom)s, from %(from)s on: none is shown here.") % values
    return _("%(agency)s sends “%(kind)s” for %(whom)s: none is shown here.") % values

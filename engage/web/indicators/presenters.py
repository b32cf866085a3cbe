"""A child's indicators as the page shows them: by class, each with its value, the records behind it and what people said."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.picture.indicators.queries import ChildIndicators
from engage.picture.indicators.rules import CLASSES, LISTED, Evidence
from engage.picture.indicators.standing import Standing
from engage.picture.rules import Entry
from engage.web.components import Cell, Table
from engage.web.indicators import drawing, words
from engage.web.indicators.drawing import Strips
from engage.web.people import words as people_words
from engage.web.people.presenters import Reader


MONTHS_SHOWN = 12


@dataclass(frozen=True)
class OfClass:
    """One class: what is present with its evidence in short, and in a table of its own what is not, is not known or was not asked."""

    code: str
    title: str
    present: Table
    others: Table
    other_count: int


@dataclass(frozen=True)
class Shown:
    """One record behind an indicator: when, whose, what kind, its line; the words that were read (before, the words, after), and that it is weaker
    then; where it stands in the chronology."""

    when: str
    agency: str
    what: str
    source: str
    before: str = ""
    read: str = ""
    after: str = ""
    also: str = ""
    is_new: bool = False


def by_class(found: ChildIndicators, reader: Reader) -> list[OfClass]:
    """The indicators of each class that has any."""
    made = []
    for code in CLASSES:
        mine = [one for one in found.standings if one.indicator.kind == code]
        present = [one for one in mine if one.value == "present"]
        others = [one for one in mine if one.value != "present"]
        if mine:
            made.append(
                OfClass(
                    code,
                    words.kind(code),
                    _present_table(present, code, found.person_id, reader),
                    _others_table(others, found.person_id, reader),
                    len(others),
                )
            )
    return made


def _present_table(present: Sequence[Standing], code: str, person_id: str, reader: Reader) -> Table:
    head = (_("Indicator"), _("Records"), _("Agencies"), _("Newest"), _("What people said"))
    rows = [
        (
            Cell(words.title(one.indicator), href=_link(one, person_id, reader)),
            _records(one.held.current),
            ", ".join(sorted({reader.agency(e.agency) for e in one.held.current})) or _("recorded by hand"),
            people_words.day(one.newest_on) if one.newest_on else Cell(_("day not known"), is_known=False),
            _said(one, reader),
        )
        for one in present
    ]
    return Table(
        words.kind(code), head, rows, empty=_("Nothing that may be seen here speaks for any of these now.")
    )


def _records(evidence: Iterable[Evidence]) -> str:
    rows = list(evidence)
    recorded = len({one.record_id for one in rows if not one.is_told})
    told = len({one.record_id for one in rows if one.is_told})
    parts = []
    if recorded:
        parts.append(ngettext("%(count)s record", "%(count)s records", recorded) % {"count": recorded})
    if told:
        parts.append(
            ngettext(
                "%(count)s text (read by rules, weaker)", "%(count)s texts (read by rules, weaker)", told
            )
            % {"count": told}
        )
    return ", ".join(parts) or _("recorded by hand")


def _others_table(others: Sequence[Standing], person_id: str, reader: Reader) -> Table:
    head = (_("Indicator"), _("Value"), _("Whose silence, or who says so"), _("What people said"))
    rows = [
        (
            Cell(words.title(one.indicator), href=_link(one, person_id, reader)),
            Cell(words.value(one.value), colour="grey")
            if one.value == "not_present"
            else Cell(words.value(one.value), is_known=False),
            _why(one, reader),
            _said(one, reader),
        )
        for one in others
    ]
    return Table(_("Not present, not known or not asked"), head, rows, is_caption_hidden=True)


def _why(one: Standing, reader: Reader) -> str:
    if one.held.against:
        agencies = ", ".join(sorted({reader.agency(e.agency) for e in one.held.against}))
        return _("A text of %(agency)s says that it is not so.") % {"agency": agencies}
    if one.value == "not_asked":
        return _("People record it: nobody has said anything.")
    if one.silences:
        return " ".join(words.silence(s, reader) for s in one.silences)
    if one.value == "not_present" and not one.statements:
        return _("The extracts cover it, and hold nothing that may be seen here %(window)s.") % {
            "window": words.window(one.indicator)
        }
    return ""


def _said(one: Standing, reader: Reader) -> Cell | str:
    if not one.statements:
        return Cell(_("nothing yet"), is_known=False)
    last = one.statements[0]
    text = words.says(last, reader)
    return _("%(said)s; evidence came since") % {"said": text} if last.is_outdated else text


def _link(one: Standing, person_id: str, reader: Reader) -> str:
    return reader.link("people_indicator", person_id, one.indicator.code)


def strips(found: ChildIndicators, reader: Reader) -> Table:
    """How many records spoke in each month, by class and agency: what is recorded over time, and silence. No total is made."""
    months = found.months[-MONTHS_SHOWN:]
    head = (_("Class and agency"), *(date_format(month, "M y") for month in months))
    rows = [
        (
            _("%(kind)s: %(agency)s") % {"kind": kind, "agency": agency},
            *(str(count) if count else "-" for count in counts),
        )
        for kind, agency, counts in _counted(found, reader)
    ]
    return Table(
        _(
            "Records by class, agency and month (-: none that may be seen here, which is not the same as nothing having happened)"
        ),
        head,
        rows,
        numbers=frozenset(range(1, len(head))),
        empty=_("No record of the last twelve months that may be seen here speaks for any indicator."),
    )


def strips_picture(found: ChildIndicators, reader: Reader) -> Strips | None:
    """The same as a picture."""
    return drawing.strips(found.months[-MONTHS_SHOWN:], _counted(found, reader))


def _counted(found: ChildIndicators, reader: Reader) -> list[tuple[str, str, Sequence[int]]]:
    """Each class and agency with its records of the months shown, where there are any."""
    return [
        (words.kind(kind), reader.agency(agency), counts[-MONTHS_SHOWN:])
        for kind, by_agency in found.strips.items()
        for agency, counts in by_agency.items()
        if any(counts[-MONTHS_SHOWN:])
    ]  # fmt: skip


def evidence(one: Standing, entries: Mapping[str, Entry], reader: Reader) -> list[Shown]:
    """Every record behind an indicator, newest first, with the very words where a text was read."""
    current = {e.key for e in one.held.current}
    seen = one.statements[0].seen if one.statements else frozenset()
    return [
        _shown(e, entries.get(e.record_id), reader, is_new=bool(seen) and e.key in current - seen)
        for e in (*one.held.evidence, *one.held.against)
    ]


def _shown(e: Evidence, entry: Entry | None, reader: Reader, *, is_new: bool) -> Shown:
    when = (
        people_words.happened(entry)
        if entry
        else people_words.day(e.happened_on)
        if e.happened_on
        else _("day not known")
    )
    what = people_words.kind(entry.kind) if entry else _("A tie between records")
    if entry and entry.title and entry.title != what:
        what = f"{what}: {entry.title}"
    if entry and entry.roles:
        what = _("%(what)s (here as: %(part)s)") % {
            "what": what,
            "part": ", ".join(map(people_words.part, entry.roles)),
        }
    before, read, after = _words(e, entry)
    also = (
        _("It rests on a further record as well: %(record)s") % {"record": e.other_record_id}
        if e.other_record_id and e.other_record_id != e.record_id
        else ""
    )
    return Shown(
        when, reader.agency(e.agency), what, e.record_id.split(":", 2)[-1], before, read, after, also, is_new
    )


def _words(e: Evidence, entry: Entry | None) -> tuple[str, str, str]:
    """The words that were read, with what stands before and after them."""
    if entry is None or entry.narrative is None or e.start is None or e.until is None:
        return "", "", ""
    text = entry.narrative
    return text[: e.start], text[e.start : e.until], text[e.until :]


def seen_of(evidence_rows: Iterable[Evidence]) -> str:
    """The keys of what stands on the page, for the form that answers it."""
    return json.dumps(sorted({one.key for one in evidence_rows}))


def listed_evidence(found: ChildIndicators) -> list[Evidence]:
    """All that the worklist would list of this child."""
    return [e for one in found.standings if one.indicator.kind in LISTED for e in one.held.evidence]

"""Who and what is tied to a person, and who was found, as tables."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from engage.picture.rules import Found, Tied
from engage.picture.watching.rules import may_be
from engage.vocabulary.words import N_
from engage.web.components import Cell, Table
from engage.web.people import words
from engage.web.people.presenters import Reader, unjudged
from engage.web.templatetags.engage import said


_REVERSED = "has as "
_RECORDS_SHOWN = 3


def tied_tables(tied: Sequence[Tied], reader: Reader) -> list[Table]:
    """People, places, vehicles and phones, a table each."""
    made = []
    for thing in ("person", "place", "vehicle", "phone"):
        to_watch = (_("Be told"),) if reader.may_watch else ()
        head = (words.thing(thing), _("How"), _("Last"), _("Who says so"), _("Records behind it"), *to_watch)
        rows = [_tied_row(t, reader) for t in tied if t.thing == thing]
        made.append(Table(words.thing(thing), head, rows, empty=_("None that you may see.")))
    return made


def _tied_row(t: Tied, reader: Reader) -> tuple[Cell | str, ...]:
    # A person has a page; what is around a thing is a chart.
    href = reader.link("people_person", t.key) if t.thing == "person" else reader.chart(t.thing, t.key)
    ways = "; ".join(_way(way, t.thing) for way in t.ways)
    last = words.day(t.last_on) if t.last_on else Cell(_("no date"), is_known=False)
    return (
        Cell(t.label, href=href),
        unjudged(ways) if t.is_unjudged else ways,
        last,
        ", ".join(reader.agency(a) for a in t.agencies),
        Cell(_records(t), is_verbatim=True),
        *((Cell(_("Watch"), href=reader.watch(t.thing, t.key)),) if reader.may_watch else ()),
    )


_TO_WATCH = {
    "name": N_("Watch this name"),
    "vehicle": N_("Watch this plate"),
    "phone": N_("Watch this number"),
}


def to_watch(typed: str, reader: Reader) -> list[tuple[str, str]]:
    """What the words of a search can be watched as, each with where that is begun."""
    found = ((_(_TO_WATCH[kind]), reader.watch(kind, typed)) for kind in may_be(typed))
    return [(text, href) for text, href in found if href]


def _way(way: str, thing: str) -> str:
    if thing != "person":
        return words.part(said(way))
    if way.startswith(_REVERSED):
        return _("they are “%(tie)s” this person") % {"tie": words.part(way.removeprefix(_REVERSED))}
    return _("this person is “%(tie)s” them") % {"tie": way} if way.endswith(" of") else words.part(said(way))


def _records(t: Tied) -> str:
    shown = [record.split(":", 2)[-1] for record in t.records[:_RECORDS_SHOWN]]
    more = len(t.records) - len(shown)
    return ", ".join(shown) + (" " + _("and %(count)s more") % {"count": more} if more else "")


def household_table(household: Sequence[Tied], reader: Reader) -> Table:
    """Who else a current record puts at the same address."""
    head = (_("Name"), _("How"), _("Who says so"), _("Records behind it"))
    rows = [
        (
            Cell(t.label, href=reader.link("people_person", t.key)),
            unjudged(ways) if t.is_unjudged else ways,
            ", ".join(reader.agency(a) for a in t.agencies),
            Cell(_records(t), is_verbatim=True),
        )
        for t in household
        for ways in ["; ".join(said(way) for way in t.ways)]
    ]
    empty = _("Nobody whom you may see is recorded at the same address today.")
    return Table(_("Household"), head, rows, empty=empty)


def found_table(found: Sequence[Found], reader: Reader) -> Table:
    """Who was found, closest to the words first."""
    empty = _("Nobody was found whom you may see. That nobody is found does not mean that nobody knows them.")
    return _people_found(found, reader, _("People found, closest to your words first"), empty)


def unknown_table(found: Sequence[Found], reader: Reader) -> Table:
    """Whose name is near, and of whom it is not known whether the rest fits."""
    return _people_found(found, reader, _("Not known whether the rest fits"))


def waiting_table(found: Sequence[Found], reader: Reader) -> Table:
    """Whom records lead to that came since the last build: those of people who are known already, and those of nobody yet."""
    return _people_found(found, reader, _("Received since the last build"))


def _people_found(found: Sequence[Found], reader: Reader, caption: str, empty: str = "") -> Table:
    head = (_("Name"), _("Born"), _("What matched"), _("Who says so"), _("Known to"))
    rows = [
        (
            Cell(f.name or _("Name not shown"), href=_page_of(f, reader)),
            words.value("birth", f.born) if f.born else Cell(_("not known"), is_known=False),
            Cell(f.matched, is_verbatim=True),
            reader.agency(f.matched_by),
            unjudged(agencies) if f.is_unjudged else agencies,
        )
        for f in found
        for agencies in [", ".join(reader.agency(a) for a in f.agencies)]
    ]
    return Table(caption, head, rows, empty=empty)


def _page_of(found: Found, reader: Reader) -> str:
    """A record that came since the build may be of nobody yet; its id, unlike a person's, has colons."""
    return "" if ":" in found.person_id else reader.link("people_person", found.person_id)

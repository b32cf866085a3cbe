"""Groups as their pages show them: people, children who are linked apart from them, things, what hangs on one weak line, history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.networks.concern import PERSON
from engage.networks.grouped import GroupShown, Stood
from engage.networks.groups.adopting import Adoption
from engage.networks.groups.rules import Group
from engage.networks.rules import Line
from engage.web.components import Cell, Table
from engage.web.networks import presenters, words
from engage.web.people import words as people_words
from engage.web.people.presenters import Reader


def title(group: Group) -> str:
    """What a group is called."""
    number = {"number": group.number, "name": group.name}
    return _("%(name)s (group %(number)s)") % number if group.name else _("Group %(number)s") % number


def groups_table(found: Iterable[Group], reader: Reader) -> Table:
    """The groups in their order."""
    head = (_("Group"), _("Linked children"), _("Members"), _("Things they share"), _("Agencies"), _("Since"), _("Adopted"))  # fmt: skip
    rows = [
        (
            Cell(title(group), href=reader.link("concern_group", str(group.number))),
            str(len(group.linked)),
            str(len(group.members)),
            str(len(group.things)),
            words.agencies(group.agencies, reader),
            _since(group),
            _("yes") if group.is_adopted else _("no"),
        )
        for group in found
    ]
    return Table(
        _("Groups, those linked to most children first, then those of most agencies"), head, rows, numbers=frozenset({1, 2, 3}),
        empty=_("No group that you may see. That is not the same as none."),
    )  # fmt: skip


def _since(group: Group) -> Cell | str:
    return people_words.day(group.since) if group.since else presenters.not_known()


def group_context(found: GroupShown, reader: Reader) -> dict[str, Any]:
    """What the page of one group shows."""
    group = found.group
    return {
        "title": title(group),
        "chart": _chart(found, reader),
        "refer": reader.refer("peer_group", str(group.number), "groups") if group.is_adopted else "",
        "is_adopted": group.is_adopted,
        "facts": _facts(group, reader),
        "members": _members(found, reader),
        "linked": _linked(found, reader),
        "things": _things(found, reader),
        "weak": _weak(found, reader),
        "history": _history(found),
        "said": [(_said(one, reader), one.reason) for one in found.adoptions],
        "whose_data": sorted(reader.agency(code) for code in group.agencies),
    }


# An address holds so many people at most.
_IN_A_CHART = 40


def _chart(found: GroupShown, reader: Reader) -> str:
    """A chart of what is around the members who may be named; "" where there are none."""
    named = [who for who in found.group.members if who in found.people and found.people[who].name]
    return reader.chart(*(word for who in named[:_IN_A_CHART] for word in (PERSON, who))) if named else ""


def _facts(group: Group, reader: Reader) -> list[tuple[str, str]]:
    return [
        (_("Since"), people_words.day(group.since)),
        (_("Agencies that hold a line"), ", ".join(sorted(reader.agency(code) for code in group.agencies))),
    ]


def _members(found: GroupShown, reader: Reader) -> Table:
    adopted = (
        next((one for one in found.adoptions if one.is_adopted), None) if found.group.is_adopted else None
    )
    head = (_("Member"), _("Age now"), *((_("Adopted with the group"),) if adopted else ()))
    rows = [
        (
            Cell(presenters.name(found.people, who), href=presenters.page_of(PERSON, who, reader)),
            presenters.age(found.people, who),
            *(((_("yes") if who in adopted.members else _("no: tied to it since")),) if adopted else ()),
        )
        for who in found.group.members
    ]
    return Table(_("Members: grown-ups whom records tie to one another"), head, rows, numbers=frozenset({1}))


def _linked(found: GroupShown, reader: Reader) -> Table:
    rows = [
        (
            Cell(presenters.name(found.people, who), href=reader.link("people_person", who)),
            presenters.age(found.people, who),
        )
        for who in found.group.linked
    ]
    return Table(
        _("Children with signs of harm or exposure who are linked to it. They are no members of it."), (_("Child"), _("Age now")), rows, numbers=frozenset({1}),
        empty=_("None that you may see."),
    )  # fmt: skip


def _things(found: GroupShown, reader: Reader) -> Table:
    rows = [
        (
            Cell(words.label(found.labels.get((kind, key), key)), href=presenters.page_of(kind, key, reader)),
            words.thing(kind),
        )
        for kind, key in found.group.things
    ]
    return Table(
        _("Places, vehicles, phones and accounts that two of them have to do with"), (_("Thing"), _("What it is")), rows, empty=_("None that you may see."),
    )  # fmt: skip


def _weak(found: GroupShown, reader: Reader) -> Table:
    rows = [
        (
            Cell(presenters.name(found.people, who), href=presenters.page_of(PERSON, who, reader)),
            _line(found.weak[who], reader) if who in found.weak else presenters.not_known(),
        )
        for who in found.group.hangs_on
    ]
    return Table(
        _("Who is tied to it by one weak line alone: were it wrong, they would fall away"), (_("Member"), _("The line")), rows,
        empty=_("Nobody: each is tied by more than one weak line."),
    )  # fmt: skip


def _line(line: Line, reader: Reader) -> str:
    day = people_words.day(line.on) if line.on else _("day not known")
    return "; ".join((words.record(line), day, reader.agency(line.agency), words.strength(line.strength)))


def _history(found: GroupShown) -> Table:
    """How it came to be, of those who are shown now alone; of whom it is told who came and who went."""
    head = (
        _("As built on"),
        _("Members then"),
        _("Came"),
        _("Went"),
        _("Linked children then"),
        _("Came from"),
    )
    earlier = (*found.stood[1:], None)
    rows = [_row(one, before, found) for one, before in zip(found.stood, earlier, strict=False)]
    return Table(
        _("How it came to be: of the people shown here, and nobody else"), head, rows, numbers=frozenset({1, 4}), empty=_("Nothing is written down."),
    )  # fmt: skip


def _row(one: Stood, before: Stood | None, found: GroupShown) -> Sequence[Cell | str]:
    was = before.members if before else frozenset[str]()
    came = ", ".join(str(number) for number in one.came_from)
    return (
        date_format(localtime(one.at), "j F Y"),
        str(len(one.members)),
        _names(one.members - was, found),
        _names(was - one.members, found),
        str(len(one.linked)),
        _("group %(numbers)s") % {"numbers": came} if came else "-",
    )


def _names(some: Iterable[str], found: GroupShown) -> str:
    return ", ".join(sorted(presenters.name(found.people, who) for who in some)) or "-"


def _said(one: Adoption, reader: Reader) -> str:
    values = {
        "name": one.name, "who": one.said_by_name, "agency": reader.agency(one.agency), "when": date_format(localtime(one.said_at), "j F Y, H:i"),
    }  # fmt: skip
    if one.is_adopted:
        return _("Adopted as “%(name)s” by %(who)s, %(agency)s, on %(when)s") % values
    return _("Dropped by %(who)s, %(agency)s, on %(when)s") % values

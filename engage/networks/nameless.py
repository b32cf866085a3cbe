"""A place without children: what a conference about an address may be given. No name, id or record of a child is in it, so that no page can show one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from engage.networks.decided import Decided
from engage.networks.rules import Line, Link
from engage.networks.showing import Subject


def without_names(found: Subject) -> Subject:
    """The same with children, and grown-ups who are not of concern (a mother's name is a child's), told apart by number alone: nor are they named by how
    the place or somebody's part is written, or by the place's normal form. What is set aside, such as who lives there, is left out; so are people's words,
    which may name a child. Numbers go by the order of the lines, newest first."""
    lines = [line for line in found.lines if line.counts]
    named = {who for who in found.one.adults if who not in found.children}
    stands_for = _numbers(lines, named)
    records = {
        record: f"record {n}" for n, record in enumerate(dict.fromkeys(line.record_id for line in lines), 1)
    }
    names = [person.name for who, person in found.people.items() if who not in named]
    key = (found.one.kind, struck_out(found.one.key, names))
    kept = {line: _without(line, stands_for, records, names) for line in lines}
    links = tuple(
        Link(stands_for[link.child], kept[link.theirs], kept[link.childs])
        for link in found.one.links
        if link.theirs in kept and link.childs in kept
    )
    was = (found.one.kind, found.one.key)
    label = struck_out(found.labels.get(was, found.one.label or found.one.key), names)
    decisions = tuple(replace(one, key=key[1], reason="") for one in found.decided.of(*was))
    return replace(
        found, one=replace(found.one, key=key[1], links=links, aside=(), adults=tuple(sorted(stands_for[who] for who in found.one.adults)), label=label), lines=tuple(kept.values()),
        people={who: found.people[who] for who in named}, children=frozenset(new for new in stands_for.values() if new.startswith("child ")),
        decided=Decided({key: decisions} if decisions else {}), labels={key: label},
        numbered={new: int(new.rsplit(" ", 1)[1]) for old, new in stands_for.items() if old not in named},
    )  # fmt: skip


def _numbers(lines: list[Line], named: set[str]) -> dict[str, str]:
    """What stands for each person of the lines: the id of who is named, of everybody else what they were there and a number. An adult of concern who
    was, or may have been, a child elsewhere has a number too."""
    made = {who: who for who in named}
    minors = {line.person_id for line in lines if line.is_child}
    counted = {"child": 0, "grown-up": 0}
    for line in lines:
        if line.person_id not in made:
            what = "child" if line.person_id in minors else "grown-up"
            counted[what] += 1
            made[line.person_id] = f"{what} {counted[what]}"
    return made


def _without(
    line: Line, stands_for: Mapping[str, str], records: Mapping[str, str], names: Iterable[str]
) -> Line:
    return replace(
        line, person_id=stands_for[line.person_id], record_id=records[line.record_id], person_record_id="", label="", age=None,
        key=struck_out(line.key, names), how=struck_out(line.how, names), listed=struck_out(line.listed, names),
    )  # fmt: skip


def struck_out(text: str, names: Iterable[str]) -> str:
    """A text without these whole names, wherever they stand in it; of names within one another the longest goes first."""
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = re.sub(re.escape(name), "…", text, flags=re.IGNORECASE)
    return text

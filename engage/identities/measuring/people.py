"""Whose pages do the errors reach, and do they fall on some groups of people more than on others? Plain Python on record keys."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from engage.identities.evaluating import Key, Truth
from engage.identities.measuring.answer import Person


@dataclass(frozen=True)
class Children:
    """What the joins make of children's pages. A page is a child's when no person has more of its records than the child.

    `pages` of them; `mixed` hold a record of another person; on `unmarked` of these nothing says so of one of them (None: not known). Of `exploited` children,
    `whole` have all their records on one page, and `whole_without_partials` all but partial ones, of
    `exploited_without_partials` who have any such record."""

    pages: int
    mixed: int
    unmarked: int | None
    exploited: int
    whole: int
    exploited_without_partials: int
    whole_without_partials: int


def children(
    of: Mapping[Key, str],
    truth: Truth,
    people: Mapping[str, Person],
    *,
    marked: Collection[Key] | None = None,
) -> Children:
    """Count. `of` is each record's group, `marked` the records that a page shows as perhaps another's, as `unjudged`."""
    pages: dict[str, list[Key]] = defaultdict(list)
    for key, group in of.items():
        pages[group].append(key)
    found = [_foreign(keys, truth.person_of, people) for keys in pages.values()]
    foreign = [keys for keys in found if keys is not None]
    whole = _whole(of, truth.person_of, people, of)
    full = [key for key in of if truth.kind_of[key] != "partial"]
    without = _whole(of, truth.person_of, people, full)
    return Children(
        pages=len(foreign),
        mixed=sum(bool(keys) for keys in foreign),
        unmarked=None if marked is None else sum(any(key not in marked for key in keys) for keys in foreign),
        exploited=len(whole), whole=sum(whole), exploited_without_partials=len(without), whole_without_partials=sum(without),
    )  # fmt: skip


def unjudged(of: Mapping[Key, str], judged: Collection[Key]) -> set[Key]:
    """The records of which their page says that they are the person's by the software alone: of a person of several records, those
    that nobody `judged` to be one person with another of them."""
    sizes = Counter(of.values())
    return {key for key, group in of.items() if sizes[group] > 1 and key not in judged}


def _foreign(
    keys: Iterable[Key], person_of: Mapping[Key, str], people: Mapping[str, Person]
) -> list[Key] | None:
    """The records on a child's page that are not that child's; None when the page is no child's."""
    held = Counter(person_of[key] for key in keys)
    most = max(held.values())
    whose = [person for person in sorted(held) if held[person] == most and _is_child(people, person)]
    return [key for key in keys if person_of[key] != whose[0]] if whose else None


def _is_child(people: Mapping[str, Person], person: str) -> bool:
    return person in people and people[person].is_child


def _whole(
    of: Mapping[Key, str], person_of: Mapping[Key, str], people: Mapping[str, Person], keys: Iterable[Key]
) -> list[bool]:
    groups: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        person = person_of[key]
        if person in people and people[person].is_exploited:
            groups[person].add(of[key])
    return [len(found) == 1 for found in groups.values()]


@dataclass(frozen=True)
class GroupRates:
    """How right the joins are for people of one group: `by` is sex, ethnicity or origin, `group` its code. Precision: of the joined pairs with a
    record of theirs, those of one person. Recall: of the pairs of records of one of them, those joined; `full_recall` leaves out partial
    records, which no software joins whoever it is, and is the mean over people of what share of a person's records one of them stands
    with, so that nobody with very many records speaks for a group. None when nobody has two such records; `several` of them have (None:
    it was not counted)."""

    by: str
    group: str
    people: int
    pairs: int
    joined: int
    precision: float
    recall: float
    full_recall: float | None
    several: int | None = None


# Fewer people tell of somebody rather than of a group.
LEAST_PEOPLE = 10
_BY: dict[str, Callable[[Person], str]] = {
    "sex": lambda person: person.sex,
    "ethnicity": lambda person: person.ethnic_group,
    "origin": lambda person: person.origin,
}


def by_group(of: Mapping[Key, str], truth: Truth, people: Mapping[str, Person]) -> tuple[GroupRates, ...]:
    """Quality for each group of whom the answer says it and who are enough, in order."""
    records: dict[str, list[Key]] = defaultdict(list)
    for key in of:
        records[truth.person_of[key]].append(key)
    sizes = Counter(of.values())
    found = []
    for by, group_of in _BY.items():
        members: dict[str, list[str]] = defaultdict(list)
        for person in records:
            members[group_of(people[person]) if person in people else ""].append(person)
        found += [
            _rates(by, group, [records[person] for person in held], of, sizes, truth.kind_of)
            for group, held in sorted(members.items())
            if group and len(held) >= LEAST_PEOPLE
        ]
    return tuple(found)


def _rates(
    by: str,
    group: str,
    held: list[list[Key]],
    of: Mapping[Key, str],
    sizes: Mapping[str, int],
    kind_of: Mapping[Key, str],
) -> GroupRates:
    true, right = _true_and_right(held, of)
    full = [[of[key] for key in keys if kind_of[key] != "partial"] for keys in held]
    theirs = Counter(of[key] for keys in held for key in keys)
    joined = sum(_pairs(sizes[where]) - _pairs(sizes[where] - n) for where, n in theirs.items())
    return GroupRates(
        by,
        group,
        len(held),
        true,
        joined,
        _share(right, joined),
        _share(right, true),
        _together(full),
        sum(len(groups) > 1 for groups in full),
    )


def _together(held: list[list[str]]) -> float | None:
    """The mean over people of the share of their records that one of them stands with, itself included."""
    shares = [
        sum(n * n for n in Counter(groups).values()) / len(groups) ** 2 for groups in held if len(groups) > 1
    ]
    return sum(shares) / len(shares) if shares else None


def _true_and_right(held: list[list[Key]], of: Mapping[Key, str]) -> tuple[int, int]:
    """Pairs of one person, and those of them that are joined."""
    true = sum(_pairs(len(keys)) for keys in held)
    return true, sum(_pairs(n) for keys in held for n in Counter(of[key] for key in keys).values())


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _pairs(count: int) -> int:
    return count * (count - 1) // 2

"""How do pairs become people? A guarded merge: never through a single bridge against the rest of the evidence.

Joining whatever is connected lets one wrong pair pour two families together. Here the strongest pair goes first, and two
groups are joined only if all the known evidence between their records, taken together, is for it, and nothing forbids it: a
recorded tie between two people, two good identifiers that contradict, or a forename or a day of birth that each side
says of itself twice and the other never says (twins, cousins of one name, father and son).
Plain Python over the few pairs near the line; the order is fixed by weight and record, so input order is nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(frozen=True)
class Pair:
    """Two records by number, the weight of the evidence in bits, and why they may not be joined ("" when they may). "thin",
    "twin", "generation" and "born" say that this pair alone may not join them (it may be one misspelt name or one wrong date, which
    other records put right); the other refusals speak against joining their groups too."""

    left: int
    right: int
    weight: float
    refusal: str = ""


# Bits of evidence, chance included, from which two records are joined without asking: odds of 8 to 1 by the model's
# own arithmetic. The errors of the model are not in its bits (household, namesakes); the guards are for those.
JOIN_AT = 3.0
# Refusals that do not speak against joining the groups of the two records.
ALONE_ONLY = ("", "thin", "twin", "generation", "born")
# What `link_pair` says of pairs that would be refused, were it not for their source, or for registers of everybody.
JOINS = ("source", "sole")
# The refusal of a pair that a person judged to be two people: no group may hold both.
JUDGED = "judged"


@dataclass(frozen=True)
class Held:
    """What one record holds that two people cannot share: identifiers by kind, the names of which its forename is a form,
    its day of birth (None: not known to the day)."""

    identifiers: Mapping[str, str]
    forms: frozenset[str]
    born: str | None


_NOTHING = Held({}, frozenset(), None)


@dataclass
class _Group:
    records: list[int]
    # what is known between this group and another: [sum of weights, refusals]
    known: dict[int, list[float]] = field(default_factory=dict)
    identifiers: dict[str, set[str]] = field(default_factory=dict)
    forms: list[frozenset[str]] = field(default_factory=list)
    born: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Words:
    """What people said and is followed, earliest first: pairs of one person, and pairs of two."""

    same: tuple[tuple[int, int], ...] = ()
    different: tuple[tuple[int, int], ...] = ()


_NO_WORDS = Words()


def merge(
    pairs: Iterable[Pair], held: Mapping[int, Held], *, join_at: float, words: Words = _NO_WORDS
) -> tuple[dict[int, int], list[Pair]]:
    """Join records into people. Returns the group of each record named in a pair that joins (the smallest record number
    stands for the group), and the pairs strong enough to join that were refused.

    `pairs` may come in any order; a pair missing from it is not known, which is no evidence against. With `words`, what would
    make it impossible to follow all of them is refused, so that the weakest evidence gives way and never a person's word."""
    known = sorted(pairs, key=lambda pair: (-pair.weight, pair.left, pair.right))
    groups, group_of = _alone(known, held)
    said = _Said(words)
    refused: list[Pair] = []
    for pair in known:
        if pair.weight < join_at:
            break
        left, right = group_of[pair.left], group_of[pair.right]
        if left == right:
            continue
        if pair.refusal or _against(groups[left], groups[right], right) or said.forbid(pair.left, pair.right):
            refused.append(pair)
            continue
        _join(groups, group_of, left, right)
        said.join(pair.left, pair.right)
    named = {number: min(groups[group].records) for number, group in group_of.items()}
    return named, [pair for pair in refused if named[pair.left] != named[pair.right]]


class _Said:
    """Which records come together by what was joined and said so far, and which of these people said to be apart."""

    def __init__(self, words: Words) -> None:
        self._above: dict[int, int] = {}
        self._apart: dict[int, set[int]] = {}
        for left, right in words.different:
            if left != right:
                self._apart.setdefault(left, set()).add(right)
                self._apart.setdefault(right, set()).add(left)
        for left, right in words.same:
            if not self.forbid(left, right):
                self.join(left, right)

    def forbid(self, left: int, right: int) -> bool:
        """Somebody said that a record that came with the one is another person than one that came with the other."""
        return self.top(right) in self._apart.get(self.top(left), ())

    def join(self, left: int, right: int) -> None:
        """The two come together, with all that came with either."""
        one, other = sorted((self.top(left), self.top(right)))
        if one == other:
            return
        self._above[other] = one
        for enemy in self._apart.pop(other, ()):
            self._apart[enemy].discard(other)
            self._apart[enemy].add(one)
            self._apart.setdefault(one, set()).add(enemy)

    def top(self, number: int) -> int:
        """The smallest number that this one came together with."""
        while (above := self._above.get(number)) is not None:
            number = above
        return number

    def gone(self) -> dict[int, int]:
        """The numbers that came together with a smaller one, each with the smallest."""
        return {number: self.top(number) for number in self._above}


def connect(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """The connected group of each record that a pair names; its smallest record number stands for it."""
    above: dict[int, int] = {}

    def top(number: int) -> int:
        while (parent := above[number]) != number:
            above[number] = above[parent]
            number = parent
        return number

    for left, right in pairs:
        above.setdefault(left, left)
        above.setdefault(right, right)
        one, other = top(left), top(right)
        if one != other:
            above[max(one, other)] = min(one, other)
    return {number: top(number) for number in above}


def unite(group_of: Mapping[int, int], words: Words) -> tuple[dict[int, int], list[tuple[int, int]]]:
    """Put the whole groups together of which a person judged two records to be one person, earliest judgement first.

    Returns for each group that is in another now the one it is in (the smallest number stands for it), and the pairs of `same`
    that were not followed because they would bring together two records that a person judged to be different: then merge again with
    these words. A record that `group_of` does not name is a group by itself.
    """
    said = _Said(
        Words(
            (),
            tuple((group_of.get(left, left), group_of.get(right, right)) for left, right in words.different),
        )
    )
    refused = []
    for left, right in words.same:
        one, other = group_of.get(left, left), group_of.get(right, right)
        if said.top(one) == said.top(other):
            continue
        if said.forbid(one, other):
            refused.append((left, right))
        else:
            said.join(one, other)
    return said.gone(), refused


def _alone(pairs: list[Pair], held: Mapping[int, Held]) -> tuple[dict[int, _Group], dict[int, int]]:
    groups: dict[int, _Group] = {}
    for pair in pairs:
        for number in (pair.left, pair.right):
            if number not in groups:
                own = held.get(number, _NOTHING)
                groups[number] = _Group(
                    records=[number],
                    identifiers={kind: {value} for kind, value in own.identifiers.items()},
                    forms=[own.forms] if own.forms else [],
                    born=[own.born] if own.born else [],
                )
        entry = [pair.weight, float(pair.refusal not in ALONE_ONLY)]
        groups[pair.left].known[pair.right] = entry
        groups[pair.right].known[pair.left] = list(entry)
    return groups, {number: number for number in groups}


def why_apart(
    pairs: Iterable[Pair], held: Mapping[int, Held], one: Iterable[int], other: Iterable[int]
) -> str:
    """What forbids joining these two groups of records, whole as they are: refused, evidence, identifiers, names or days ("" when
    nothing does). `pairs` and `held` as in `merge`."""
    groups, group_of = _alone(list(pairs), held)
    sides = []
    for records in (one, other):
        known = [record for record in records if record in group_of]
        for first, second in pairwise(known):
            if group_of[first] != group_of[second]:
                _join(groups, group_of, group_of[first], group_of[second])
        sides += [group_of[record] for record in known[:1]]
    if len(sides) < 2:
        return ""
    left, right = sides
    return _against(groups[left], groups[right], right) if right in groups[left].known else ""


def _against(left: _Group, right: _Group, right_name: int) -> str:
    """Why two groups may not become one; "" when they may."""
    total, refused = left.known[right_name]
    if refused:
        return "refused"
    if total <= 0:
        return "evidence"
    if _contradict(left, right):
        return "identifiers"
    return _consistent(left, right)


def _contradict(left: _Group, right: _Group) -> bool:
    """Some kind of identifier is held on both sides and differs, and none agrees."""
    both = [kind for kind in left.identifiers if kind in right.identifiers]
    return bool(both) and all(left.identifiers[kind].isdisjoint(right.identifiers[kind]) for kind in both)


def _consistent(left: _Group, right: _Group) -> str:
    """ "days" or "names" when each side says of itself, twice or more, what the other side never says: a forename or a day of birth. A slip stands in
    one record; what several records say each is no slip. An identifier in common outweighs it."""
    if any(
        not left.identifiers[kind].isdisjoint(right.identifiers.get(kind, set())) for kind in left.identifiers
    ):
        return ""
    if _two_days(left.born, right.born):
        return "days"
    return "names" if _two_names(left.forms, right.forms) else ""


def _two_days(left: list[str], right: list[str]) -> bool:
    return set(left).isdisjoint(right) and _repeats(left) and _repeats(right)


def _repeats(values: list[str]) -> bool:
    return max(Counter(values).values(), default=0) >= 2


def _two_names(left: list[frozenset[str]], right: list[frozenset[str]]) -> bool:
    if any(not one.isdisjoint(other) for one in left for other in right):
        return False
    return _is_said_twice(left) and _is_said_twice(right)


def _is_said_twice(forms: list[frozenset[str]]) -> bool:
    return any(not one.isdisjoint(other) for place, one in enumerate(forms) for other in forms[place + 1 :])


def _join(groups: dict[int, _Group], group_of: dict[int, int], one: int, other: int) -> None:
    big, small = (one, other) if len(groups[one].known) >= len(groups[other].known) else (other, one)
    kept, gone = groups[big], groups.pop(small)
    for number in gone.records:
        group_of[number] = big
    kept.records += gone.records
    kept.forms += gone.forms
    kept.born += gone.born
    for kind, values in gone.identifiers.items():
        kept.identifiers.setdefault(kind, set()).update(values)
    kept.known.pop(small, None)
    for name, entry in gone.known.items():
        if name == big:
            continue
        so_far = kept.known.setdefault(name, [0.0, 0.0])
        for place, value in enumerate(entry):
            so_far[place] += value
        groups[name].known.pop(small, None)
        groups[name].known[big] = list(so_far)

"""How do pairs become people? A guarded merge: never through a single bridge against the rest of the evidence.

Joining whatever is connected lets one wrong pair pour two families together. Here the strongest pair goes first, and
two groups are joined only if all the known evidence between their records, taken together, is for it, and nothing
forbids it: a twin or generation pattern, a recorded tie between two people, or two good identifiers that contradict.
Plain Python over the few pairs near the line; the order is fixed by weight and record, so input order is nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Pair:
    """Two records by number, the weight of the evidence in bits, why they may not be joined ("" when they may), and
    whether a valid identifier agrees. "thin" says that this pair alone may not join them; the other refusals speak
    against joining their groups too. The look of twins or of two generations may be one misspelt name or one wrong
    date, so an agreeing identifier, or more pairs that are for it, outweighs it; a recorded tie is never outweighed."""

    left: int
    right: int
    weight: float
    refusal: str = ""
    sure: bool = False


# Bits from which a pair counts as being for it: well beyond the line for joining.
_PLAIN = 6.0
_LOOKS = ("twin", "generation")
_NO_VETO = ("", "thin", *_LOOKS)

# An identifier's value by its kind, for records that have one.
Identifiers = Mapping[int, Mapping[str, str]]


@dataclass
class _Group:
    records: list[int]
    # what is known between this group and another: [sum of weights, pairs for it, looks of twins or generations, other refusals]
    known: dict[int, list[float]] = field(default_factory=dict)
    identifiers: dict[str, set[str]] = field(default_factory=dict)


def merge(
    pairs: Iterable[Pair], identifiers: Identifiers, *, join_at: float
) -> tuple[dict[int, int], list[Pair]]:
    """Join records into people. Returns the group of each record named in a pair that joins (the smallest record number
    stands for the group), and the pairs strong enough to join that were refused.

    `pairs` may come in any order; a pair missing from it is not known, which is no evidence against."""
    known = sorted(pairs, key=lambda pair: (-pair.weight, pair.left, pair.right))
    groups, group_of = _alone(known, identifiers)
    refused: list[Pair] = []
    for pair in known:
        if pair.weight < join_at:
            break
        left, right = group_of[pair.left], group_of[pair.right]
        if left == right:
            continue
        if pair.refusal or not _may_join(groups[left], groups[right], right):
            refused.append(pair)
            continue
        _join(groups, group_of, left, right)
    named = {number: min(groups[group].records) for number, group in group_of.items()}
    return named, [pair for pair in refused if named[pair.left] != named[pair.right]]


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


def _alone(pairs: list[Pair], identifiers: Identifiers) -> tuple[dict[int, _Group], dict[int, int]]:
    groups: dict[int, _Group] = {}
    for pair in pairs:
        for number in (pair.left, pair.right):
            if number not in groups:
                own = {kind: {value} for kind, value in identifiers.get(number, {}).items()}
                groups[number] = _Group(records=[number], identifiers=own)
        entry = [
            pair.weight,
            _support(pair),
            float(pair.refusal in _LOOKS),
            float(pair.refusal not in _NO_VETO),
        ]
        groups[pair.left].known[pair.right] = entry
        groups[pair.right].known[pair.left] = list(entry)
    return groups, {number: number for number in groups}


def _support(pair: Pair) -> float:
    """How many looks of twins this pair outweighs: any number when an identifier agrees."""
    return 1000.0 if pair.sure else float(not pair.refusal and pair.weight >= _PLAIN)


def _may_join(left: _Group, right: _Group, right_name: int) -> bool:
    total, support, looks, refused = left.known[right_name]
    return not refused and (not looks or support > looks) and total > 0 and not _contradict(left, right)


def _contradict(left: _Group, right: _Group) -> bool:
    """Two kinds of identifier are held on both sides and differ, and none agrees."""
    both = [kind for kind in left.identifiers if kind in right.identifiers]
    differing = sum(left.identifiers[kind].isdisjoint(right.identifiers[kind]) for kind in both)
    return differing >= 2 and differing == len(both)


def _join(groups: dict[int, _Group], group_of: dict[int, int], one: int, other: int) -> None:
    big, small = (one, other) if len(groups[one].known) >= len(groups[other].known) else (other, one)
    kept, gone = groups[big], groups.pop(small)
    for number in gone.records:
        group_of[number] = big
    kept.records += gone.records
    for kind, values in gone.identifiers.items():
        kept.identifiers.setdefault(kind, set()).update(values)
    kept.known.pop(small, None)
    for name, entry in gone.known.items():
        if name == big:
            continue
        so_far = kept.known.setdefault(name, [0.0, 0.0, 0.0, 0.0])
        for place, value in enumerate(entry):
            so_far[place] += value
        groups[name].known.pop(small, None)
        groups[name].known[big] = list(so_far)

"""All that is measured of one build against a known answer, and how it is kept to be shown later."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from engage.identities.evaluating import Key, Measures, Rates, alone, measure
from engage.identities.linking.calibrating import Bin, Curve, Reliability, reliability
from engage.identities.measuring.answer import Answer
from engage.identities.measuring.blocking import Blocking, blocking
from engage.identities.measuring.pairs import compared, labelled
from engage.identities.measuring.people import Children, GroupRates, by_group, children, unjudged
from engage.identities.measuring.traits import OfKind, missed_by_trait, wrong_by_kind


@dataclass(frozen=True)
class Figures:
    """How right the joins of a build are. `missed` and `wrong` by kinds of error, `lost` before comparing, `certainty` of the chances that
    are shown, `children` when the answer names them, `groups` of people whom the answer tells of."""

    measures: Measures
    missed: tuple[OfKind, ...]
    wrong: tuple[OfKind, ...]
    lost: Blocking
    certainty: Reliability
    children: Children | None
    groups: tuple[GroupRates, ...]


def figures(
    build: Any, cluster_of: Mapping[Key, str], answer: Answer, curve: Curve, *, judged: Collection[Key] = ()
) -> Figures:
    """Measure a build (a connection to its store) whose records are in the groups `cluster_of` today; people `judged` these to be one
    person with another record of their group."""
    truth, people = answer.truth, answer.people
    of = alone(cluster_of, truth)
    has_children = any(one.is_child for one in people.values())
    return Figures(
        measures=measure(cluster_of, truth),
        missed=missed_by_trait(build, of, truth, people),
        wrong=wrong_by_kind(build, of, truth, people),
        lost=blocking(build, truth.person_of),
        certainty=reliability(labelled(compared(build), truth.person_of), curve),
        children=children(of, truth, people, marked=unjudged(cluster_of, judged)) if has_children else None,
        groups=by_group(of, truth, people),
    )


def to_raw(found: Figures) -> dict[str, Any]:
    """As JSON can hold it."""
    return asdict(found)


def from_raw(raw: Mapping[str, Any]) -> Figures:
    """What `to_raw` made."""
    return Figures(
        measures=_measures(raw["measures"]),
        missed=tuple(OfKind(**one) for one in raw["missed"]),
        wrong=tuple(OfKind(**one) for one in raw["wrong"]),
        lost=Blocking(**raw["lost"]),
        certainty=Reliability(
            **{**raw["certainty"], "bins": tuple(Bin(**one) for one in raw["certainty"]["bins"])}
        ),
        children=Children(**raw["children"]) if raw["children"] else None,
        groups=tuple(GroupRates(**one) for one in raw["groups"]),
    )


def _measures(raw: Mapping[str, Any]) -> Measures:
    rates = ("pairs", "b_cubed", "across_agencies", "without_partials")
    alike = {kind: (joined, total) for kind, (joined, total) in raw["wrongly_joined"].items()}
    return Measures(**{**raw, **{name: Rates(**raw[name]) for name in rates}, "wrongly_joined": alike})

"""How is an event told, and what does the telling contain?

Statements are put together from sentences.yaml. The telling keeps the place of each indicator code (with its polarity) and of
each person, place, vehicle and telephone that is named, so that a reader of text can be scored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from string import Formatter
from typing import Any

from engage.example.draw import chance, weighted, written
from engage.example.people import Person, Place, Told, Vehicle


PRONOUNS = {
    "F": {"they": "she", "them": "her", "their": "her", "theirs": "hers", "them_self": "herself"},
    "M": {"they": "he", "them": "him", "their": "his", "theirs": "his", "them_self": "himself"},
}
POLARITIES = {"present": 0.8, "negated": 0.1, "historical": 0.03, "other": 0.04, "hypothetical": 0.03}
# A child who is not exploited is more often said *not* to show what workers ask about.
QUIET_POLARITIES = {"present": 0.62, "negated": 0.22, "historical": 0.05, "other": 0.07, "hypothetical": 0.04}


@dataclass
class Cast:
    """Who and what may be named: the child, perhaps an older associate, a place, a vehicle and a telephone."""

    child: Person
    other: Person | None = None
    other_called: str = ""
    place: Place | None = None
    vehicle: Vehicle | None = None
    number: str = ""
    carer: str = ""


@dataclass
class _Telling:
    cast: Cast
    text: str = ""
    told: Told = field(default_factory=lambda: Told(""))
    named: set[str] = field(default_factory=set)

    def say(self, template: str) -> tuple[int, int]:
        """Add one sentence; returns where it begins and ends."""
        if self.text:
            self.text += " "
        start = len(self.text)
        for literal, slot, _, _ in Formatter().parse(template):
            self.text += literal
            if slot:
                self._fill(slot)
        if self.text[start : start + 1].islower() and not template[0].islower():
            self.text = self.text[:start] + self.text[start].upper() + self.text[start + 1 :]
        return start, len(self.text)

    def _fill(self, slot: str) -> None:
        words, kind, entity = _filling(self.cast, slot, again=slot in self.named)
        self.named.add(slot)
        if kind:
            self.told.mentions.append((words, len(self.text), len(self.text) + len(words), kind, entity))
        self.text += words


def _filling(cast: Cast, slot: str, *, again: bool) -> tuple[str, str, str]:
    child = cast.child
    if slot == "child":
        called = child.known_as or child.forename
        return (called if again else f"{child.forename} {child.surname}"), "person", child.person_id
    if slot == "other" and cast.other:
        return cast.other_called, "person", cast.other.person_id
    if slot == "place" and cast.place:
        return cast.place.name or cast.place.line, "place", cast.place.place_id
    if slot == "car" and cast.vehicle:
        return _car(cast.vehicle, again=again), "vehicle", cast.vehicle.vehicle_id
    if slot == "phone" and cast.number:
        return cast.number, "phone", f"T{cast.number[5:]}"
    if slot == "carer":
        return (
            (cast.carer if cast.carer[0].isupper() else f"{PRONOUNS[child.sex]['their']} {cast.carer}"),
            "",
            "",
        )
    words = PRONOUNS[child.sex][slot.lower()]
    return (words.capitalize() if slot[0].isupper() else words), "", ""


def _car(vehicle: Vehicle, *, again: bool) -> str:
    whole = f"a {vehicle.colour} {vehicle.make} {vehicle.model}"
    return whole if again else f"{whole} {vehicle.plate}"


def _can_say(template: str, cast: Cast) -> bool:
    ready = {"other": cast.other, "place": cast.place, "car": cast.vehicle, "phone": cast.number}
    return all(ready.get(slot, True) for _, slot, _, _ in Formatter().parse(template) if slot)


def _pick(rng: Random, templates: list[str], cast: Cast) -> str:
    fitting = [template for template in templates if _can_say(template, cast)]
    return rng.choice(fitting) if fitting else ""


def tell(rng: Random, cast: Cast, frame: str, life: str, statements: int) -> Told:
    """A narrative of that frame about the child: an opening, some statements fitting the life, a closing.

    `life` is exploited, ordinary or a trouble of sentences.yaml; `statements` how many are tried.
    """
    words = written("sentences.yaml")
    cast.carer = cast.carer or rng.choice(words["carers"])
    telling = _Telling(cast)
    opening = _pick(rng, words["frames"][frame]["open"], cast)
    if opening:
        telling.say(opening)
    for code in _codes(rng, words["lives"][life], statements):
        _state(rng, telling, code, QUIET_POLARITIES if life == "ordinary" else POLARITIES)
    closing = _pick(rng, words["frames"][frame]["close"], cast)
    if closing and chance(rng, 0.75):
        telling.say(closing)
    telling.told.text = telling.text
    return telling.told


def quote(cast: Cast, template: str) -> Told:
    """A narrative of these words alone, with its places filled from the cast."""
    telling = _Telling(cast)
    telling.say(template)
    telling.told.text = telling.text
    return telling.told


def _codes(rng: Random, weights: Mapping[str, float], wanted: int) -> list[str]:
    left = dict(weights)
    chosen: list[str] = []
    for _ in range(min(wanted, len(left))):
        code = weighted(rng, left)
        chosen.append(code)
        del left[code]
    return chosen


def _state(rng: Random, telling: _Telling, code: str, polarities: Mapping[str, float]) -> None:
    entry: dict[str, Any] = written("sentences.yaml")["codes"][code]
    polarity = weighted(rng, {kind: share for kind, share in polarities.items() if kind in entry})
    template = _pick(rng, entry[polarity], telling.cast)
    if template:
        start, end = telling.say(template)
        telling.told.codes.append((code, polarity, start, end))

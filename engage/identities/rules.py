"""How is a weight said in words, and a compared value shown? Plain functions and the dataclasses of an explained join."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engage.identities.linking.comparisons import BY_NAME
from engage.vocabulary.words import N_, Sentence


@dataclass(frozen=True)
class RecordShown:
    """One of the two records of a join, which the viewer may know of: where it comes from, and (`is_visible`) whether they
    may see everything of it that was compared."""

    record_id: str
    agency: str
    file: str
    source_id: str
    is_visible: bool


@dataclass(frozen=True)
class FieldExplained:
    """One comparison of a join, or (`household`) what is taken off because a household agrees on much. Values are None when not
    known; `weight` is in bits, for the waterfall; `level` and `strength` are for people; `code` is the level's, None when not compared."""

    field: str
    words: Sentence
    left_value: str | None
    right_value: str | None
    level: Sentence
    strength: Sentence
    weight: float
    code: str | None = None


@dataclass(frozen=True)
class Word:
    """What one person said of two records, that is followed: who, of which agency, when and why."""

    by: str
    agency: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class JoinExplained:
    """Why two records are, or are not, one person. The weight is about these two records, never about a person.

    Without weight, chance and fields where the viewer may not see everything that was compared: a weight would tell of it.
    `chance` is how often such a pair is one person, counted on pairs with a known answer; None where too few are known. `judged` are
    the people because of whose word the two stand as they do; `by_software` says that the software may join by this pair alone.
    """

    left: RecordShown
    right: RecordShown
    are_joined: bool
    compared: bool
    weight: float | None
    strength: Sentence
    refusal: Sentence | None
    fields: tuple[FieldExplained, ...]
    handling: str
    judged: tuple[Word, ...] = ()
    by_software: bool = False
    chance: float | None = None


@dataclass(frozen=True)
class LookAlike:
    """Another person who looks like this one and was not joined, by the two records that are most alike, and why not, as far as the
    viewer may see. The weight and the chance (None where it is not counted) are about the two records."""

    person_id: str
    left: RecordShown
    right: RecordShown
    weight: float
    strength: Sentence
    why: Sentence
    chance: float | None = None


_STRENGTHS = (
    (8.0, N_("very strongly for")),
    (4.0, N_("strongly for")),
    (1.0, N_("somewhat for")),
    (-1.0, N_("neither for nor against")),
    (-4.0, N_("somewhat against")),
)
_REFUSALS = {
    "related": N_("An agency recorded a tie between the two, so it knows them as two people."),
    "twin": N_("Born on one day with one family name but different forenames: they may be twins."),
    "generation": N_("Ten years or more lie between the two dates of birth: they may be parent and child."),
    "born": N_(
        "Both days of birth are known and differ: people of one name may live at one address, or one of the days is wrong."
    ),
    "identifiers": N_("Valid numbers of which everybody has one contradict each other, and none agrees."),
    "source": N_("The agency that holds both found them to be one person."),
    "sole": N_(
        "Names and an age alone, but registers of everybody know one person whom they fit, and nobody else comes near."
    ),
    "thin": N_("Names alone, or names and an age, are not enough to join them without a person."),
}


_APART = {
    "judged": N_("People judged that they are two people."),
    "short": N_("What agrees falls short of what a join needs."),
    "refused": N_("An agency recorded a tie between records of the two, so it knows them as two people."),
    "evidence": N_("Their other records, taken together, speak against it."),
    "identifiers": N_("Joined, one person would have two numbers of a kind of which everybody has one."),
    "days": N_("Joined, one person would have two days of birth, each of which several records say."),
    "names": N_("Joined, one person would have two forenames, each of which several records say."),
    "partial": N_("One record holds half a name, which only a person may join."),
    "": N_("What else is known of the two spoke against it."),
}


def apart(code: str) -> Sentence:
    """Why two people who look alike were not joined: what a join would have broken, or what it lacked."""
    return Sentence(_APART[code])


def strength(weight: float) -> Sentence:
    """A weight in bits, in words."""
    for least, words in _STRENGTHS:
        if weight >= least:
            return Sentence(words)
    return Sentence(N_("strongly against"))


def chance_words(chance: float | None) -> Sentence | None:
    """How often a pair like this one is one person, in words; None where that is not known."""
    if chance is None:
        return None
    if chance < 0.01:
        return Sentence(N_("Of 100 pairs like this one, fewer than 1 are one person."))
    if chance > 0.99:
        return Sentence(N_("Of 100 pairs like this one, more than 99 are one person."))
    return Sentence(
        N_("Of 100 pairs like this one, about %(share)s are one person."), {"share": f"{100 * chance:.0f}"}
    )


def refusal(code: str) -> Sentence | None:
    """Why two records may not be joined without a person; None when nothing forbids it."""
    return Sentence(_REFUSALS[code]) if code else None


# Less than this is not worth a line: a twentieth of a bit changes no odds that anybody could notice.
_WORTH_A_LINE = -0.05


def household(weight: float) -> tuple[FieldExplained, ...]:
    """The line of what is taken off because the agreement would be as usual between two people of one household; none of next to nothing."""
    if weight > _WORTH_A_LINE:
        return ()
    return (
        FieldExplained(
            field="household",
            words=Sentence(N_("What a household shares")),
            left_value=None,
            right_value=None,
            level=Sentence(N_("much of it would agree between two people of one household too")),
            strength=strength(weight),
            weight=weight,
        ),
    )


def level_words(comparison: str, code: str | None) -> Sentence:
    """What a comparison found, in words."""
    for level in BY_NAME[comparison].levels:
        if level.code == code:
            return Sentence(level.words)
    return Sentence(N_("one or both not known"))


def shown(comparison: str, record: dict[str, Any]) -> str | None:
    """The value of one record in one comparison, as people write it; None when not known."""
    if comparison == "source":
        return str(record["file"]).replace("_", " ")
    if comparison in ("birth", "age"):
        return _birth(record.get("birth_from"), record.get("birth_until"))
    values: list[str] = []
    for column in BY_NAME[comparison].shows:
        value = record.get(column)
        found = value if isinstance(value, list) else [value]
        values += [str(one) for one in found if one and str(one) not in values]
    return ", ".join(values) or None


def _birth(born_from: date | None, born_until: date | None) -> str | None:
    if born_from is None or born_until is None:
        return None
    if (born_until - born_from).days == 1:
        return f"{born_from:%-d %B %Y}"
    return f"{born_from:%-d %B %Y} to {born_until:%-d %B %Y}"

"""What the codes of a measurement mean, in words. Both the command and the page say them so."""

from __future__ import annotations

from engage.vocabulary.words import N_, Sentence


_TRAITS = {
    "partial": N_("half a name only in one record"),
    "duplicate": N_("recorded twice by one agency"),
    "nickname": N_("a short form of the forename, or another form of it"),
    "forename": N_("another forename or another spelling"),
    "swapped": N_("forename and surname the wrong way round"),
    "surname": N_("another surname or another spelling"),
    "moved": N_("another address (moved, or misspelt)"),
    "birth": N_("another date of birth"),
    "no_birth": N_("no day of birth in one record"),
    "no_place": N_("no address in one record"),
}
_WHO = {
    "twins": N_("twins"),
    "father_son_same_name": N_("father and son of one name"),
    "cousins_same_name": N_("cousins of one name"),
    "namesake_of_exploiter": N_("a namesake of somebody who exploits"),
    "same_name_near_age": N_("one name and nearly one age"),
    "household": N_("two people of one household"),
    "same_place": N_("two people with an address or a phone in common"),
    "namesakes": N_("namesakes"),
    "partial": N_("half a name only in one record"),
    "other": N_("none of these"),
}
_BY = {"sex": N_("Sex"), "ethnicity": N_("Ethnicity"), "origin": N_("Origin of the name")}
# Group titles of the Office for National Statistics' 16+1 list of ethnic groups.
_GROUPS = {
    ("sex", "F"): N_("female"),
    ("sex", "M"): N_("male"),
    ("ethnicity", "A"): N_("Asian"),
    ("ethnicity", "B"): N_("Black"),
    ("ethnicity", "M"): N_("Mixed"),
    ("ethnicity", "O"): N_("Other ethnic group"),
    ("ethnicity", "W"): N_("White"),
}

_JUDGED = {
    "partial": N_("half a name only in one record"),
    "unsure": N_("just short of the line"),
    "thin": N_("names alone, or names and an age"),
    "apart": N_("nothing that was compared suggested it"),
    "joined": N_("joined by the software"),
    "refused": N_("strong, but held apart by what else is known"),
    "identifiers": N_("contradicting numbers"),
    "twin": N_("perhaps twins"),
    "generation": N_("perhaps parent and child"),
    "related": N_("known to an agency as two people"),
    "born": N_("of one household, with different days of birth"),
}


def judged(code: str) -> Sentence:
    """A kind of pair that people judge."""
    return Sentence(_JUDGED.get(code, code.replace("_", " ")))


def trait(code: str) -> Sentence:
    """How the two records of a missed pair differ."""
    return Sentence(_TRAITS.get(code, code.replace("_", " ")))


def who(code: str) -> Sentence:
    """Who the two people of a wrongly joined pair are to each other."""
    return Sentence(_WHO.get(code, code.replace("_", " ")))


def grouped_by(code: str) -> Sentence:
    """By what people are grouped."""
    return Sentence(_BY[code])


def group(by: str, code: str) -> Sentence:
    """A group of people; an origin of names as the answer calls it."""
    return Sentence(_GROUPS.get((by, code), code.replace("_", " ")))

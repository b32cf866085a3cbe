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


# What records must share to be compared by a kind of key.
_KEYS = {
    "nhs": N_("NHS number"),
    "upn": N_("unique pupil number"),
    "pnc": N_("PNC id"),
    "other-number": N_("another number"),
    "email": N_("e-mail"),
    "phone": N_("telephone"),
    "name-day": N_("a name and the day of birth"),
    "sound-day": N_("the sound of a name and the day of birth"),
    "letters-day": N_("the letters of a name and the day of birth"),
    "postcode-day": N_("postcode and day of birth"),
    "address-day": N_("address and day of birth"),
    "address-forename": N_("address and the beginning of the forename"),
    "postcode-name": N_("postcode, the beginning of the surname and an initial"),
    "postcode-forename": N_("postcode and forename"),
    "names-year": N_("both names and the year of birth"),
    "sounds-year": N_("the sounds of both names and the year of birth"),
    "initial-year": N_("surname, initial and year of birth"),
    "names": N_("both names"),
    "both-letters": N_("the letters of both names"),
    "form-sound": N_("a form of the forename and the sound of the surname"),
    "sounds-crossed": N_("the sounds of both names, either way round"),
    "given-family": N_("a further forename and the surname"),
    "forename-family": N_("the forename and a further surname"),
    "day": N_("the day of birth alone"),
    "letters-month": N_("the letters of a name and the month of birth"),
    "name-month-day": N_("a name, and the day of birth without its year"),
    "letters-decades": N_("the letters of a name, and the month of birth in some decade"),
    "letters-year": N_("the letters of a name and the year of birth"),
    "two-and-two-year": N_("the beginnings of both names and the year of birth"),
    "two-and-two-address": N_("the beginnings of both names and the address"),
    "letters-address": N_("the letters of a name and the address"),
    "month-address": N_("the month of birth and the address"),
    "phone-end": N_("the last six digits of a telephone"),
    "number-beginning": N_("the beginning of another number and the sound of the surname"),
    "letters-postcode": N_("the letters of a name and the postcode"),
    "letters-even-years": N_("the letters of a name, the month of birth and one of two neighbouring years"),
    "letters-odd-years": N_("the same of the two neighbouring years the other way"),
    "beginnings": N_("the first three letters of both names"),
    "house-and-street": N_("the number of the house and the beginning of its street"),
    "postcode-sound": N_("postcode and the sound of the surname"),
    "words-of-address": N_("two neighbouring words of an address"),
    "mail-signs": N_("the signs of an e-mail before the @, in any order"),
    "host-initial": N_("the first sign of an e-mail and the beginning of what follows the @"),
    "mail-beginning": N_("the first five signs of an e-mail"),
    "mailbox": N_("an e-mail before the @"),
    "mail-letters": N_("the letters of an e-mail before the @"),
    "mail-host": N_("an e-mail after the @"),
    "mail-year": N_("the beginning of an e-mail and the year of birth"),
    "name-host": N_("a name and an e-mail after the @"),
}


def key(code: str) -> Sentence:
    """What records share that have a key of this kind in common."""
    return Sentence(_KEYS[code])

"""How does what is true of a person become what a clerk writes down?

Each error is a small function on the fields of one record; errors.yaml says how often each happens in which agency, and where the
rate comes from. Errors that depend on a name being of a certain kind (having a short form, a hyphen, several spellings) are rates
of those names. None looks at ethnicity.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from anyascii import anyascii

from engage.example.draw import chance, written
from engage.example.naming import other_spellings, short_forms
from engage.example.people import Person


Fields = dict[str, Any]


@dataclass
class Slip:
    """A record being written: its fields so far, the person it is about, who else lives there, and the day."""

    fields: Fields
    person: Person
    family: list[Person] = field(default_factory=list)
    on: date = date.min


def rate(name: str, agency: str, *, part: str = "errors") -> float:
    """The rate of an error (or of a kind of record, `part` "records") in that agency."""
    return float(written("errors.yaml")[part][name]["rates"][agency])


def write_down(rng: Random, slip: Slip, agency: str) -> Fields:
    """Put the agency's errors into the fields of the slip, in the order of errors.yaml, and return them."""
    for name in written("errors.yaml")["errors"]:
        if chance(rng, rate(name, agency)):
            ERRORS[name](rng, slip)
    return slip.fields


def mistype(rng: Random, word: str) -> str:
    """The word with one letter inserted, left out, changed or swapped with the next (never the first)."""
    if len(word) < 3:
        return word
    place, letter = rng.randrange(1, len(word)), rng.choice("abcdefghijklmnoprstuvwy")
    kind = rng.randrange(4)
    if kind == 0:
        return word[:place] + letter + word[place:]
    if kind == 1:
        return word[:place] + word[place + 1 :]
    if kind == 2 or place + 1 == len(word):
        return word[:place] + letter + word[place + 1 :]
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _mistyped_digit(rng: Random, digits: str) -> str:
    place = rng.randrange(len(digits) - 6, len(digits))  # the part that shows it is made up stays
    if not digits[place].isdigit():
        return digits
    return digits[:place] + str((int(digits[place]) + rng.randint(1, 9)) % 10) + digits[place + 1 :]


def _blank(*names: str) -> Callable[[Random, Slip], None]:
    def blank(_rng: Random, slip: Slip) -> None:
        for name in names:
            slip.fields[name] = None if name == "born_on" else ""

    return blank


def _on_name(name: str, change: Callable[[Random, str], str]) -> Callable[[Random, Slip], None]:
    def apply(rng: Random, slip: Slip) -> None:
        if slip.fields[name]:
            slip.fields[name] = change(rng, slip.fields[name])

    return apply


def _other_spelling(rng: Random, slip: Slip) -> None:
    for name in ("forename", "surname"):
        ways = other_spellings(slip.fields[name])
        if ways:
            slip.fields[name] = rng.choice(ways)


def _short_form(rng: Random, slip: Slip) -> None:
    ways = [slip.person.known_as] if slip.person.known_as else short_forms(slip.person.forename)
    if ways:
        slip.fields["forename"] = rng.choice(ways)


def _without_marks(_rng: Random, slip: Slip) -> None:
    for name in ("forename", "middle_name", "surname", "known_as"):
        slip.fields[name] = anyascii(slip.fields[name])


def _names_swapped(_rng: Random, slip: Slip) -> None:
    slip.fields["forename"], slip.fields["surname"] = slip.fields["surname"], slip.fields["forename"]


def _former_surname(_rng: Random, slip: Slip) -> None:
    if slip.person.former_surname:
        slip.fields["surname"] = slip.person.former_surname


def _half_surname(rng: Random, slip: Slip) -> None:
    halves = slip.fields["surname"].split("-")
    if len(halves) == 2 and halves[0] not in ("Al", "Ud"):
        slip.fields["surname"] = rng.choice(halves)


def _middle_as_forename(_rng: Random, slip: Slip) -> None:
    if slip.fields["middle_name"]:
        slip.fields["forename"], slip.fields["middle_name"] = slip.fields["middle_name"], ""


def _birth(change: Callable[[Random, date], date]) -> Callable[[Random, Slip], None]:
    def apply(rng: Random, slip: Slip) -> None:
        if slip.fields["born_on"]:
            changed = change(rng, slip.fields["born_on"])
            slip.fields["born_on"] = changed if changed <= slip.on else slip.fields["born_on"]

    return apply


def _swapped(_rng: Random, born: date) -> date:
    return born.replace(day=born.month, month=born.day) if born.day <= 12 else born


def _year_off(rng: Random, born: date) -> date:
    years = rng.choice((-1, 1, -1, 1, 10, -10))
    return born.replace(year=born.year + years, day=min(born.day, 28))


def _day_off(rng: Random, born: date) -> date:
    return born.replace(day=max(1, min(28, born.day // 10 * 10 + rng.randint(0, 9))))


def _age_instead(rng: Random, slip: Slip) -> None:
    if slip.fields["born_on"]:
        years = (slip.on - slip.fields["born_on"]).days // 365
        slip.fields["age"] = str(max(1, years + rng.choice((-1, 0, 0, 0, 1))))
        slip.fields["born_on"] = None


def _no_birth(_rng: Random, slip: Slip) -> None:
    slip.fields["born_on"], slip.fields["age"] = None, ""


def _sex_wrong(_rng: Random, slip: Slip) -> None:
    slip.fields["sex"] = "M" if slip.fields["sex"] == "F" else "F"


def _old_address(_rng: Random, slip: Slip) -> None:
    if slip.fields.get("former_line"):
        slip.fields["address"], slip.fields["postcode"] = (
            slip.fields["former_line"],
            slip.fields["former_postcode"],
        )


def _postcode_wrong(rng: Random, code: str) -> str:
    place = len(code) - rng.randint(1, 3)
    if code[place].isdigit():
        return code[:place] + str((int(code[place]) + rng.randint(1, 8)) % 9 + 1) + code[place + 1 :]
    return code[:place] + rng.choice("ABDEFGHJLNPQRSTUWXYZ".replace(code[place], "")) + code[place + 1 :]


def _phone_of_family(rng: Random, slip: Slip) -> None:
    others = [other.phone for other in slip.family if other.phone and other.relation in ("head", "partner")]
    if others and slip.fields["phone"] != "":
        slip.fields["phone"] = rng.choice(others)


def _nhs_number_of_family(rng: Random, slip: Slip) -> None:
    others = [other.nhs_number for other in slip.family]
    if others and slip.fields["nhs_number"]:
        slip.fields["nhs_number"] = rng.choice(others)


ERRORS: dict[str, Callable[[Random, Slip], None]] = {
    "misspelt_forename": _on_name("forename", mistype),
    "misspelt_surname": _on_name("surname", mistype),
    "other_spelling": _other_spelling,
    "short_form": _short_form,
    "letters_without_marks": _without_marks,
    "names_swapped": _names_swapped,
    "former_surname": _former_surname,
    "half_surname": _half_surname,
    "initial_only": _on_name("forename", lambda _rng, name: name[0]),
    "middle_as_forename": _middle_as_forename,
    "day_month_swapped": _birth(_swapped),
    "first_of_january": _birth(lambda _rng, born: born.replace(month=1, day=1)),
    "year_off": _birth(_year_off),
    "day_off": _birth(_day_off),
    "age_instead": _age_instead,
    "birth_missing": _no_birth,
    "sex_wrong": _sex_wrong,
    "sex_missing": _blank("sex"),
    "old_address": _old_address,
    "address_missing": _blank("address", "postcode"),
    "postcode_missing": _blank("postcode"),
    "postcode_wrong": _on_name("postcode", _postcode_wrong),
    "phone_missing": _blank("phone"),
    "phone_of_family": _phone_of_family,
    "nhs_number_missing": _blank("nhs_number"),
    "nhs_number_mistyped": _on_name("nhs_number", _mistyped_digit),
    "nhs_number_of_family": _nhs_number_of_family,
    "upn_missing": _blank("upn"),
    "upn_mistyped": _on_name("upn", _mistyped_digit),
    "ethnicity_missing": _blank("ethnicity"),
}

"""How does what somebody knows of a person become a record that can be compared, cleaned as linking cleans records?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from engage.identities.linking.names import clean_name
from engage.records import normal
from engage.vocabulary.words import N_, EngageError, Sentence


@dataclass(frozen=True)
class Asked:
    """What is known of whoever is asked about; empty where nothing is. `born_from` and `born_until` are the first day on which the
    person may have been born and the first on which no longer. `agency` and `file` say whose record it is, if it is one."""

    forename: str = ""
    surname: str = ""
    born_from: date | None = None
    born_until: date | None = None
    sex: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    email: str = ""
    nhs_number: str = ""
    upn: str = ""
    pnc_id: str = ""
    agency: str = ""
    file: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing is known that could lead to anybody: a day of birth alone or a postcode alone is that of too many."""
        leads = ("forename", "surname", "address", "phone", "email", *_NUMBERS)
        return not any(getattr(self, name) for name in leads) and not (self.postcode and self.born_from)


class Malformed(EngageError):
    """What is given as a number, an address, a telephone, an e-mail, a postcode or a sex cannot be one: `field` says which. To leave it out in
    silence would have somebody believe that it was looked for."""

    def __init__(self, field: str, written: str) -> None:
        self.field = field
        _read, words, remedy = _WRITTEN[field]
        super().__init__(Sentence(words, {"written": written}), remedy=remedy)


def _number(kind: str) -> Callable[[str], str | None]:
    return lambda text: normal.number(kind, text)


def _email(text: str) -> str | None:
    name, _at, host = text.strip().lower().partition("@")
    return f"{name}@{host}" if name and host else None


def _address(text: str) -> str | None:
    key = normal.address_key(text)
    return key if key and len(key) >= 3 else None


# "other" and "not known" are read, and tell nothing to compare.
_SEXES = {"female": "female", "f": "female", "male": "male", "m": "male", "other": "", "not known": ""}


# How each is read, and what is said of one that cannot be read.
_WRITTEN: dict[str, tuple[Callable[[str], str | None], str, str]] = {
    "nhs_number": (
        _number("nhs_number"),
        N_("“%(written)s” is no NHS number: its digits do not fit together."),
        N_("Write all ten digits as they stand on a letter, or leave it empty."),
    ),
    "upn": (
        _number("upn"),
        N_("“%(written)s” is no unique pupil number."),
        N_("Write its letter, eleven digits and last sign, A999000000015 for instance, or leave it empty."),
    ),
    "pnc_id": (
        _number("pnc_id"),
        N_("“%(written)s” is no PNC id."),
        N_("Write it as 2011/1234567A, or leave it empty."),
    ),
    "phone": (
        normal.telephone,
        N_("“%(written)s” is no whole telephone number."),
        N_("Write all its digits, or leave it empty and search for the part that you have."),
    ),
    "email": (
        _email,
        N_("“%(written)s” is no e-mail address."),
        N_("Write it with its @ and what follows, or leave it empty."),
    ),
    "address": (
        _address,
        N_("“%(written)s” is no address that can be compared."),
        N_("Write the house and the street, 3 Weir Lane for instance, or leave it empty."),
    ),
    "postcode": (
        normal.postcode,
        N_("“%(written)s” is no whole postcode."),
        N_("Write both halves of it, or leave it empty."),
    ),
    "sex": (
        lambda text: _SEXES.get(text.strip().lower()),
        N_("“%(written)s” is no word for a sex that is known here."),
        N_("Write female, male, F, M, other or not known, or leave it empty."),
    ),
}
WRITTEN = tuple(_WRITTEN)


def check_written(field: str, written: str) -> None:
    """A field of `WRITTEN` is empty or can be read. Raises Malformed with a sentence that names what it should be."""
    if written.strip() and _WRITTEN[field][0](written) is None:
        raise Malformed(field, written.strip())


# Nobody who is asked about was born before, or will be born after. Systems that have no day write 1 January 1900 or a day of 9999.
EARLIEST, LATEST = date(1900, 1, 2), date(2100, 1, 1)


def can_be_born(first: date | None, until: date | None) -> bool:
    """Somebody can be born on one of these days, which are half-open; or nothing is said of them."""
    return first is None or until is None or (until > EARLIEST and first < LATEST)


_NUMBERS = ("nhs_number", "upn", "pnc_id")


def as_record(asked: Asked, *, usual_days: frozenset[date]) -> dict[str, Any]:
    """The columns of `link_record`, but for number and id. `usual_days` are days of birth that stand for "not known" in the area."""
    numbers = {kind: normal.number(kind, getattr(asked, kind)) for kind in _NUMBERS}
    places = {
        "address_keys": _listed(normal.address_key(asked.address), least=3),
        "postcodes": _listed(normal.postcode(asked.postcode)),
        "phones": _listed(normal.telephone(asked.phone)),
        "emails": _listed(_email(asked.email)),
    }
    record = {
        **_names(asked),
        **_birth(asked, usual_days),
        **places,
        **numbers,
        "sex": _SEXES.get(asked.sex.strip().lower()) or None,
        "address_records": None,
        "other_numbers": None,
        "agency": asked.agency,
        "file": asked.file,
        "forename_share": None,
        "surname_share": None,
    }
    return {**record, "is_partial": _is_partial(record)}


def _listed(value: str | None, *, least: int = 1) -> list[str] | None:
    return [value] if value and len(value) >= least else None


def _names(asked: Asked) -> dict[str, Any]:
    first, last = clean_name(asked.forename), clean_name(asked.surname)
    return {
        "forename": first.first or None,
        "given_names": sorted({token for token in first.text.split() if len(token) > 1}) or None,
        "forename_groups": list(first.groups) or None,
        "forename_sound": (first.sound or None) if first.first == first.joined else None,
        "surname": last.joined or None,
        "surnames": sorted({part for part in last.parts if len(part) > 2}) or None,
        "surname_sound": last.sound or None,
        "surname_groups": list(last.groups) or None,
    }


def _birth(asked: Asked, usual_days: frozenset[date]) -> dict[str, date | None]:
    first, until = asked.born_from, asked.born_until
    if not can_be_born(first, until):
        return {"birth_on": None, "birth_from": None, "birth_until": None}
    is_day = first is not None and until == first + timedelta(days=1)
    if first is not None and is_day and (first in usual_days or (first.month, first.day) == (1, 1)):
        year = first.year
        return {"birth_on": None, "birth_from": date(year, 1, 1), "birth_until": date(year + 1, 1, 1)}
    return {"birth_on": first if is_day else None, "birth_from": first, "birth_until": until}


def _is_partial(record: dict[str, Any]) -> bool:
    """Half a name and nothing sure beside it: as in `linking.cleaning`."""
    if any(record[kind] for kind in _NUMBERS):
        return False
    halves = [len(record[name] or "") >= 2 for name in ("forename", "surname")]
    anchored = any(record[column] for column in ("address_keys", "postcodes", "phones", "emails"))
    sure = record["birth_on"] is not None
    has_both = record["forename"] is not None and record["surname"] is not None
    return not all(halves) and not (anchored and sure) and not ((anchored or sure) and has_both)

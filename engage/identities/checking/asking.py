"""How does what somebody knows of a person become a record that can be compared, cleaned as linking cleans records?"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from engage.identities.linking.names import clean_name
from engage.records import normal


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
        """Nothing is known that could lead to anybody."""
        nothing = ("sex", "agency", "file")
        return not any(getattr(self, one.name) for one in fields(self) if one.name not in nothing)


_NUMBERS = ("nhs_number", "upn", "pnc_id")


def as_record(asked: Asked, *, usual_days: frozenset[date]) -> dict[str, Any]:
    """The columns of `link_record`, but for number and id. `usual_days` are days of birth that stand for "not known" in the area."""
    numbers = {kind: normal.number(kind, getattr(asked, kind)) for kind in _NUMBERS}
    places = {
        "address_keys": _listed(normal.address_key(asked.address), least=3),
        "postcodes": _listed(normal.postcode(asked.postcode)),
        "phones": _listed(normal.telephone(asked.phone)),
        "emails": _listed(asked.email.strip().lower() if "@" in asked.email else None),
    }
    record = {
        **_names(asked),
        **_birth(asked, usual_days),
        **places,
        **numbers,
        "sex": asked.sex.lower() if asked.sex.lower() in ("female", "male") else None,
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

"""Which NHS numbers, UPNs and telephone numbers are well formed, by kept libraries where there are any?

Checks run once for each distinct value and are joined back: libraries are slow and values repeat. Plain British telephone
shapes are read in SQL (`values.py`); only what is left over goes through the library, which costs forty microseconds a number.
"""

from __future__ import annotations

import re
from typing import Any

import phonenumbers
import pyarrow as pa
from stdnum.gb import nhs, upn


UPN_SHAPE = re.compile(r"[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]")


def nhs_number(text: str) -> tuple[str, bool]:
    """The ten digits, and whether the check digit is right. Source: NHS Data Dictionary, NHS NUMBER."""
    digits = re.sub(r"\D", "", text)
    return digits or text.strip().upper(), len(digits) == 10 and bool(nhs.is_valid(digits))


def unique_pupil_number(text: str) -> tuple[str, bool]:
    """The thirteen characters, and whether the check letter is right. Source: DfE, Unique pupil numbers (UPNs).

    The library's own `validate` also wants a local authority number of its 2011 list; areas have changed since, so only the
    shape and the check letter count here.
    """
    compact = re.sub(r"\W", "", text).upper()
    return compact, bool(UPN_SHAPE.fullmatch(compact)) and upn.calc_check_digit(compact[1:]) == compact[0]


def pnc_id(text: str) -> tuple[str, bool]:
    """A Police National Computer id as YYYY/NNNNNNNL, and whether it has that shape. Its check letter is not tested: what the
    letter is worked out from is not published."""
    found = re.fullmatch(r"(\d{2}|\d{4})/?0*(\d{1,7})([A-Z])", re.sub(r"\s", "", text).upper())
    if not found:
        return text.strip().upper(), False
    year, number, letter = found.groups()
    return f"{year}/{int(number):07d}{letter}", True


def telephone(text: str) -> tuple[str, bool]:
    """A number the SQL did not know: British ones as 0…, others as +…; and whether it is possible at all."""
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return text.strip(), False
    possible = phonenumbers.is_possible_number(number)
    if number.country_code == 44:
        return "0" + str(number.national_number), possible
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), possible


CHECKS = {"nhs_number": nhs_number, "upn": unique_pupil_number, "pnc_id": pnc_id, "phone": telephone}


def check(connection: Any, *, kind: str, texts_sql: str) -> None:
    """Make `checked_<kind>` (value_text, value, is_valid), a row for each distinct text that `texts_sql` selects."""
    texts = [
        row[0]
        for row in connection.execute(
            f"select distinct t from ({texts_sql}) as texts(t) where t is not null order by t"
        ).fetchall()
    ]
    results = [CHECKS[kind](text) for text in texts]
    table = pa.table(
        {
            "value_text": pa.array(texts, pa.string()),
            "value": pa.array([value for value, _ in results], pa.string()),
            "is_valid": pa.array([valid for _, valid in results], pa.bool_()),
        }
    )
    connection.register("checked_arrow", table)
    connection.execute(f"create or replace temp table checked_{kind} as select * from checked_arrow")
    connection.unregister("checked_arrow")

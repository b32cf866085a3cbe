"""Which NHS numbers, UPNs and telephone numbers are well formed, by kept libraries where there are any?

Checks run once for each distinct value and are joined back. What SQL can see to be right (check digits, plain British telephone
shapes) is right; nothing is called wrong before the library has seen it, which costs eight to forty microseconds a number.
"""

from __future__ import annotations

import re
from typing import Any

import phonenumbers
import pyarrow as pa
from stdnum.gb import nhs, upn


UPN_SHAPE = re.compile(r"[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]")
WORD_IN_BRACKETS = re.compile(r"\([^0-9()]*\)")


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
    """A number the SQL did not know: British ones as 0…, others as +…; and whether it is possible at all, not only where it is local.

    A word in brackets ("(mum)") is no part of the number, and an extension is left out of it. British numbers of fewer
    digits than eleven, the 0 counted, are possible only where such numbers exist (0800 1111, 016977 2000). What is not possible is given back as it was said.
    """
    try:
        number = phonenumbers.parse(WORD_IN_BRACKETS.sub("", text), "GB")
    except phonenumbers.NumberParseException:
        return text.strip(), False
    whole = phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE
    digits = str(number.national_number)
    if number.country_code == 44 and len(digits) < 10:
        whole = phonenumbers.is_valid_number(number)
    if not whole:
        return text.strip(), False
    if number.country_code == 44:
        return f"0{number.national_number}", True
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), True


def international(text: str) -> str:
    """A number as it is dialled from abroad (E.164); "" where no such number is given out, as those that are kept for stories."""
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return ""
    is_given_out = phonenumbers.is_valid_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if is_given_out else ""


CHECKS = {"nhs_number": nhs_number, "upn": unique_pupil_number, "pnc_id": pnc_id, "phone": telephone}

# Right by SQL, which takes a tenth of a microsecond a number; only what it does not find right goes to the library.
_DIGITS = r"regexp_replace(text, '\D', '', 'g')"
_COMPACT = r"upper(regexp_replace(text, '\W', '', 'g'))"
_NHS_SUM = " + ".join(f"substr({_DIGITS}, {place}, 1)::integer * {11 - place}" for place in range(1, 11))
_UPN_SUM = " + ".join(f"substr({_COMPACT}, {place}, 1)::integer * {place}" for place in range(2, 14))
_RIGHT = {
    "nhs_number": (
        _DIGITS,
        f"case when regexp_full_match({_DIGITS}, '[0-9]{{10}}') then ({_NHS_SUM}) % 11 = 0 else false end",
    ),
    "upn": (
        _COMPACT,
        (
            f"case when regexp_full_match({_COMPACT}, '[A-Z][0-9]{{12}}') "
            f"then substr('ABCDEFGHJKLMNPQRTUVWXYZ', 1 + ({_UPN_SUM}) % 23, 1) = left({_COMPACT}, 1) else false end"
        ),
    ),
}


def check_all(connection: Any) -> None:
    """Check every distinct number in the staging tables: make `checked_nhs_number`, `_upn`, `_pnc_id` and `_phone`."""
    for kind in ("nhs_number", "upn", "pnc_id"):
        check(connection, kind=kind, texts_sql=f"select f_{kind} from stage_person")
    left_over = " union all ".join(
        f"select f_{field} from stage_{kind} where f_{field} is not null and e_phone(f_{field}) is null"
        for kind, field in (("person", "phone"), ("phone", "number"))
    )
    check(connection, kind="phone", texts_sql=left_over)


def check(connection: Any, *, kind: str, texts_sql: str) -> None:
    """Make `checked_<kind>` (value_text, value, is_valid), a row for each distinct text that `texts_sql` selects."""
    value, right = _RIGHT.get(kind, ("text", "false"))
    connection.execute(
        f"create or replace temp table checked_{kind} as select text as value_text, {value} as value, {right} as is_valid "
        f"from (select distinct text from ({texts_sql}) as texts(text) where text is not null)"
    )
    left = connection.execute(
        f"select value_text from checked_{kind} where not is_valid order by 1"
    ).fetchall()
    results = [(text, *CHECKS[kind](text)) for (text,) in left]
    columns = list(zip(*results, strict=True)) or [(), (), ()]
    kinds = (pa.string(), pa.string(), pa.bool_())
    arrays = [pa.array(column, of) for column, of in zip(columns, kinds, strict=True)]
    connection.register(
        "checked_arrow", pa.table(dict(zip(("value_text", "value", "is_valid"), arrays, strict=True)))
    )
    connection.execute(f"delete from checked_{kind} where not is_valid")
    connection.execute(f"insert into checked_{kind} select * from checked_arrow")
    connection.unregister("checked_arrow")

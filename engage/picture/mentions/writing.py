"""How are words of a text written in SQL so that equal names, plates and numbers are equal?"""

from __future__ import annotations


def plain(text: str) -> str:
    """A name in small letters without accents, its words with single spaces: "O'Shea-Król" is "oshea krol"."""
    letters = f"translate(replace(replace(lower(strip_accents({text})), '''', ''), '\u2019', ''), 'łøđıßæœ', 'lodisao')"
    return f"trim(regexp_replace({letters}, '[^a-z0-9]+', ' ', 'g'))"


def street(text: str) -> str:
    """An address that is plain already, its short words in full, as `location.address_key` has them."""
    short = (("st$", "street"), ("rd", "road"), ("ave?", "avenue"), ("ln", "lane"), ("cl", "close"), ("cres", "crescent"), ("gdns", "gardens"), ("apartment|apt", "flat"))  # fmt: skip
    for one, whole in short:
        text = f"regexp_replace({text}, '\\b({one})\\b', '{whole}')".replace("$)\\b", ")$")
    return text


def digits(text: str) -> str:
    """A British number as `contact_point.value` has it: its digits from 0 on."""
    inner = f"regexp_replace(regexp_replace({text}, '\\(0\\)', ''), '[^0-9]', '', 'g')"
    return f"regexp_replace({inner}, '^(0044|44)0?', '0')"


def plate(text: str) -> str:
    """A plate as `vehicle.plate` has it: signs without spaces, ? for one that was not read."""
    return f"regexp_replace(replace(upper({text}), '*', '?'), '[^A-Z0-9?]', '', 'g')"


def given_words(text: str) -> str:
    """The words of a plain name as a list."""
    return f"string_split({text}, ' ')"

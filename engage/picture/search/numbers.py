"""Who is found by a number, a plate or a place, or by a part of one?

The whole of one is closer than a part of it. A part leads to wholes by its rarest piece; the wholes are tested for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from rapidfuzz import fuzz

from engage.picture.search.index import ROWS_MOST, Index, Match
from engage.picture.search.spelling import NUMBER_PART, PLACE_PART, PLATE_PART


WHOLES_MOST, PLACES_MOST = 200, 2000
PLATE_MOST = 8
# So far is counted first how many wholes a part has; only of parts that all have more is the rarest looked for further.
COUNTED_FIRST = 500
# A word alone is likelier a name than a street; several words that are all in one address are likelier the address.
DISTRICT, STREET, ONE_WORD = 90.0, 88.0, 70.0
_DISTRICT = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?")


def by_number(index: Index, words: str) -> Iterator[Match]:
    """Numbers and plates that the words are, or are a part of, and addresses that are the words or begin with them."""
    compact, digits = _compact(words), re.sub(r"\D", "", words)
    if digits:
        yield from _whole(index, words, compact, " ".join(_plain(words)))
    if len(digits) >= NUMBER_PART and len(digits) >= len(compact) - 1:
        yield from _by_part(index, "phone", digits, NUMBER_PART)
    if re.search(r"[A-Z]", compact) and len(compact) <= PLATE_MOST:
        yield from _by_part(index, "plate", compact, PLATE_PART)


def by_place(index: Index, words: str) -> Iterator[Match]:
    """Who lives in a postcode's district, or on a street, whatever the house number."""
    compact, address = _compact(words), _plain(words)
    if _DISTRICT.fullmatch(compact):
        wholes = index.wholes(f"place:{compact}", PLACES_MOST)
        yield from _rows(index, "place", wholes, DISTRICT)
    yield from _rows(index, "place", _on_street(index, address), STREET if len(address) > 1 else ONE_WORD)


def place_keys(index: Index, words: str) -> list[str]:
    """The keys of all addresses and postcodes that the words are, or are a part of."""
    compact, address = _compact(words), _plain(words)
    wholes = [compact, " ".join(address), *_on_street(index, address)]
    if _DISTRICT.fullmatch(compact):
        wholes += index.wholes(f"place:{compact}", PLACES_MOST)
    return [f"place:{whole}" for whole in dict.fromkeys(wholes) if whole]


def is_at(words: str) -> Callable[[str], bool]:
    """Whether an address in normal form (the address, a bar, the postcode) is one that `place_keys` leads to by these words."""
    compact, address = _compact(words), _plain(words)
    is_district = _DISTRICT.fullmatch(compact) is not None
    as_written, is_part, holds = " ".join(address), bool(_to_look_by(address)), _holding(address)

    def found(key: str) -> bool:
        whole, _, postcode = key.partition("|")
        code = postcode.replace(" ", "")
        if compact and (code == compact or (is_district and code[:-3] == compact)):
            return True
        return bool(address) and (whole == as_written or (is_part and holds(whole)))

    return found


def _compact(words: str) -> str:
    return re.sub(r"[^A-Za-z0-9?]", "", words).upper()


def _plain(words: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", words.lower())


def _whole(index: Index, words: str, compact: str, address: str) -> Iterator[Match]:
    exact = {f"number:{compact}", f"number:{words.strip().upper()}", f"plate:{compact}", f"place:{compact}"}
    digits = re.sub(r"\D", "", words)
    yield from (
        Match(row, 100.0) for row in index.rows({*exact, f"place:{address}", f"phone:{_national(digits)}"})
    )
    if re.match(r"\d+[a-z]? [a-z]|flat \d", address):
        yield from (
            Match(row, _address_closeness(address, row["shown"]))
            for row in index.beginning(f"place:{address}")
        )


def _national(digits: str) -> str:
    return "0" + digits[2:] if digits.startswith("44") else digits


def _address_closeness(address: str, shown: str | None) -> float:
    return 0.97 * fuzz.partial_ratio(address, " ".join(re.findall(r"[a-z0-9]+", (shown or "").lower())))


def _on_street(index: Index, words: list[str]) -> list[str]:
    """Addresses that hold every word, whatever the house number: those under the rarest word, tested for the others. The last
    word may be only begun."""
    rarest = _rarest(index, [f"place:{word}" for word in _to_look_by(words)])
    if rarest is None:
        return []
    wholes = index.wholes(rarest, ROWS_MOST if len(words) > 1 else PLACES_MOST)
    return list(filter(_holding(words), wholes))[:PLACES_MOST]


def _to_look_by(words: list[str]) -> list[str]:
    return [word for word in words if len(word) >= PLACE_PART and not word.isdecimal()]


def _rarest(index: Index, parts: list[str]) -> str | None:
    """Which part leads to the fewest wholes, of those that lead to any."""
    counted = [(count, part) for part in parts if (count := index.count(part, COUNTED_FIRST))]
    if counted and min(counted)[0] >= COUNTED_FIRST:
        counted = [(index.count(part, ROWS_MOST), part) for _count, part in counted]
    return min(counted)[1] if counted else None


def _holding(words: list[str]) -> Callable[[str], bool]:
    """Whether an address, in lower case as it is laid down, has every word, the last at least begun."""
    each = [f"(?<![a-z0-9]){word}(?![a-z0-9])" for word in words[:-1]]
    each += [f"(?<![a-z0-9]){word}" for word in words[-1:]]
    held = re.compile("".join(f"(?=.*{one})" for one in each), re.DOTALL)
    return lambda whole: held.match(whole) is not None


def _by_part(index: Index, word: str, part: str, size: int) -> Iterator[Match]:
    """Whole numbers that hold the part ("?" is any one sign): those under the rarest of its pieces, tested for the rest."""
    runs = part.split("?")
    pieces = [f"{word}:{run[i : i + size]}" for run in runs for i in range(len(run) - size + 1)]
    rarest = _rarest(index, pieces)
    if rarest is None:
        return
    like = re.compile(part.replace("?", "."))
    held = [whole for whole in index.wholes(rarest, ROWS_MOST) if like.search(whole) and part != whole]
    # People remember how a number ends.
    ending = [whole for whole in held if like.search(whole, len(whole) - len(part))]
    yield from _rows(index, word, ending[:WHOLES_MOST], 80.5 + min(15.0, len(part)))
    yield from _rows(index, word, sorted({*held} - {*ending})[:WHOLES_MOST], 80.0 + min(15.0, len(part)))


def _rows(index: Index, word: str, wholes: Iterable[str], closeness: float) -> Iterator[Match]:
    keys = [f"{word}:{whole}" for whole in wholes]
    yield from (Match(row, closeness) for row in index.rows(keys)) if keys else ()

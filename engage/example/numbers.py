"""Which identifiers can nobody real have?

NHS numbers of the 999 test range and UPNs of the unused authority 999, both with right check characters; telephone
numbers of the unissued 07000 range; plates with the memory tag QQ, which is never issued to a keeper; postcodes of
the area QX, which does not exist; national police ids whose year is yet to come.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random


UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
PNC_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
PLATE_LETTERS = "BCDFGHJKLMNPRSTVWXYZ"  # no vowels, so that no word comes about
MILLION = 1_000_000


def scattered(rng: Random, size: int = MILLION) -> Iterator[int]:
    """Every number below `size` once, in an order that looks random (an affine walk: no memory is needed)."""
    step = rng.randrange(size // 3, size // 2) * 2 + 1
    while step % 5 == 0:
        step += 2
    place = rng.randrange(size)
    for _ in range(size):
        yield place
        place = (place + step) % size


def nhs_number(serial: int) -> str:
    """The NHS number 999 + six digits + check digit, or empty when that serial has none (modulus 11 gives 10)."""
    digits = f"999{serial:06d}"
    check = 11 - sum(int(d) * weight for d, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
    return "" if check == 10 else f"{digits}{check % 11}"


def nhs_numbers(rng: Random) -> Iterator[str]:
    """NHS numbers of the test range, none twice."""
    return (number for number in map(nhs_number, scattered(rng)) if number)


def upn(serial: int) -> str:
    """The unique pupil number of authority 999 with that serial of nine digits: check letter first."""
    digits = f"999{serial % 10**9:09d}"
    total = sum(int(d) * weight for d, weight in zip(digits, range(2, 14), strict=True))
    return UPN_LETTERS[total % 23] + digits


def pnc_id(serial: int) -> str:
    """A national police id of the year 2099 with that serial: nobody has one."""
    return f"2099/{serial:07d}{PNC_LETTERS[(99 * 10**7 + serial) % 23]}"


def phone(serial: int) -> str:
    """A number of the unissued range: 07000 and six digits."""
    return f"07000{serial:06d}"


def plate(rng: Random) -> str:
    """A plate with the memory tag QQ and an age that the scheme has."""
    age = rng.choice((*range(2, 27), *range(52, 76)))
    return f"QQ{age:02d} " + "".join(rng.choices(PLATE_LETTERS, k=3))


def postcode(rng: Random) -> str:
    """A postcode of the area QX."""
    return (
        f"QX{rng.randint(1, 39)} {rng.randint(1, 9)}{rng.choice(INWARD_LETTERS)}{rng.choice(INWARD_LETTERS)}"
    )

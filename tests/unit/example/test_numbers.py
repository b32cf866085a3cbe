"""Can nobody real have the numbers of made-up people?"""

import re
from itertools import islice
from random import Random

import pytest
from stdnum.gb import nhs, upn

from engage.example import numbers


def test_scattered_gives_every_number_once():
    assert sorted(numbers.scattered(Random(3), 1000)) == list(range(1000))


def test_nhs_numbers_are_of_the_test_range_with_a_right_check_digit():
    drawn = list(islice(numbers.nhs_numbers(Random(1)), 300))
    assert len(set(drawn)) == 300
    assert all(number.startswith("999") and nhs.is_valid(number) for number in drawn)


@pytest.mark.parametrize("serial", [0, 7, 123_456_789, 999_999_999])
def test_upns_are_of_the_unused_authority_with_a_right_check_letter(serial):
    drawn = numbers.upn(serial)
    assert len(drawn) == 13
    assert drawn[1:4] == "999"
    assert upn.calc_check_digit(drawn[1:]) == drawn[0]


def test_plates_postcodes_and_phones_are_not_issued():
    rng = Random(5)
    assert all(re.fullmatch(r"QQ\d\d [A-Z]{3}", numbers.plate(rng)) for _ in range(200))
    assert all(re.fullmatch(r"QX\d{1,2} \d[A-Z]{2}", numbers.postcode(rng)) for _ in range(200))
    assert numbers.phone(42) == "07000000042"
    assert numbers.pnc_id(42).startswith("2099/0000042")

"""Do records go wrong as the error model says, and as often?"""

from datetime import date
from random import Random

import pytest

from engage.example import errors
from engage.example.draw import written
from engage.example.errors import Slip
from engage.example.people import Person


ON = date(2025, 6, 1)
PERSON = Person(
    "P1", "A1", "child", "F", date(2009, 4, 5), forename="Elizabeth", middle_name="Rose", surname="Marl-Hussain",
    former_surname="Tarnby", nhs_number="9990000018", upn="A999000000000",
)  # fmt: skip
MOTHER = Person("P2", "A1", "head", "F", date(1980, 1, 2), phone="07000000002", nhs_number="9990000026")


def _slip():
    fields = {
        name: getattr(PERSON, name)
        for name in ("forename", "middle_name", "surname", "known_as", "sex", "born_on", "nhs_number", "upn")
    }
    fields |= {
        "age": "",
        "ethnicity": "W1",
        "address": "1 New Road",
        "postcode": "QX1 1AB",
        "phone": "07000000001",
    }
    fields |= {"former_line": "2 Old Lane", "former_postcode": "QX2 2CD"}
    return Slip(fields, PERSON, [MOTHER], ON)


def test_every_error_of_the_model_has_its_function_and_its_sources():
    model = written("errors.yaml")
    assert list(errors.ERRORS) == list(model["errors"])
    agencies = {"police", "childrens_services", "education", "health", "charity"}
    for entry in (model["errors"] | model["records"]).values():
        assert set(entry["rates"]) == agencies
        assert all(0 <= rate <= 1 for rate in entry["rates"].values())
        assert entry["basis"] in ("literature", "judged")
        assert set(entry["sources"]) <= set(model["sources"])
        assert entry["sources"]


@pytest.mark.parametrize(
    ("error", "field", "wanted"),
    [
        ("short_form", "forename", {"Liz", "Beth", "Lizzie", "Libby"}),
        ("names_swapped", "surname", {"Elizabeth"}),
        ("former_surname", "surname", {"Tarnby"}),
        ("half_surname", "surname", {"Marl", "Hussain"}),
        ("initial_only", "forename", {"E"}),
        ("middle_as_forename", "forename", {"Rose"}),
        ("day_month_swapped", "born_on", {date(2009, 5, 4)}),
        ("first_of_january", "born_on", {date(2009, 1, 1)}),
        ("year_off", "born_on", {date(y, 4, 5) for y in (1999, 2008, 2010, 2019)}),
        ("age_instead", "age", {"15", "16", "17"}),
        ("birth_missing", "born_on", {None}),
        ("sex_wrong", "sex", {"M"}),
        ("old_address", "postcode", {"QX2 2CD"}),
        ("phone_of_family", "phone", {"07000000002"}),
        ("nhs_number_of_family", "nhs_number", {"9990000026"}),
        ("postcode_missing", "postcode", {""}),
    ],
)
def test_what_an_error_does(error, field, wanted):
    found = set()
    for seed in range(40):
        slip = _slip()
        errors.ERRORS[error](Random(seed), slip)
        found.add(slip.fields[field])
    assert found <= wanted
    assert len(found) == len(wanted) or error == "year_off"


def test_a_misspelling_changes_at_most_two_letters_and_never_the_first():
    for seed in range(200):
        word = errors.mistype(Random(seed), "Thornbury")
        assert word[0] == "T"
        assert abs(len(word) - 9) <= 1


def test_a_mistyped_number_stays_in_the_range_that_nobody_has():
    for seed in range(50):
        slip = _slip()
        errors.ERRORS["nhs_number_mistyped"](Random(seed), slip)
        errors.ERRORS["upn_mistyped"](Random(seed), slip)
        errors.ERRORS["postcode_wrong"](Random(seed), slip)
        assert slip.fields["nhs_number"].startswith("999")
        assert slip.fields["upn"][1:4] == "999"
        assert slip.fields["postcode"].startswith("QX")


@pytest.mark.slow
@pytest.mark.parametrize("agency", ["police", "education", "health"])
def test_rates_are_kept(agency):
    rng, size = Random(4), 4000
    written_down = [errors.write_down(rng, _slip(), agency) for _ in range(size)]
    without = sum(row["ethnicity"] == "" for row in written_down) / size
    assert without == pytest.approx(errors.rate("ethnicity_missing", agency), abs=0.02)
    old = sum(row["address"] == "2 Old Lane" for row in written_down) / size
    kept = 1 - errors.rate("address_missing", agency)
    assert old == pytest.approx(errors.rate("old_address", agency) * kept, abs=0.03)

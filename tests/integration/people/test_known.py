"""Is this person known? What the page and the address for programs refuse, by name, and how they show who was found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from engage.identities.checking.rules import Candidate, Holder
from engage.identities.rules import FieldExplained
from engage.picture.rules import Named
from engage.vocabulary.words import Sentence
from engage.web.people import known
from engage.web.people.presenters import Reader
from tests.spec.picture.drawing import World


SignIn = Callable[..., Client]
REFUSED = [
    ({"surname": "Petal", "nhs_number": "123"}, "nhs_number", "“123” is no NHS number"),
    ({"surname": "Petal", "phone": "12"}, "phone", "“12” is no whole telephone number"),
    ({"surname": "Petal", "born": "1/1/9999"}, "born", "Nobody can be born on “1/1/9999”"),
    ({"surname": "Petal", "born": "31/12/9999"}, "born", "“31/12/9999” is not a day"),
    ({"surname": "Petal", "born": "1/1/0001"}, "born", "1/1/0001"),
]
READER = Reader(titles={}, as_of=date(2026, 4, 6))


@pytest.mark.slow
@pytest.mark.parametrize(("given", "field", "sentence"), REFUSED)
def test_what_cannot_be_is_refused_by_the_name_of_its_field(
    ana: World, sign_in: SignIn, given: dict[str, str], field: str, sentence: str
) -> None:
    browser = sign_in()

    page = browser.post("/people/known/", given)
    answer = browser.post("/people/known.json", given, content_type="application/json")

    assert page.status_code == 200
    assert sentence in page.context["form"].errors[field][0]
    assert answer.status_code == 400
    assert sentence in answer.json()["errors"][field][0]


@pytest.mark.slow
def test_nothing_that_leads_to_anybody_says_what_does(ana: World, sign_in: SignIn) -> None:
    browser = sign_in()

    for given in ({}, {"born": "2010"}, {"sex": "female"}):
        page = browser.post("/people/known/", given).content.decode()
        assert "Give a name, or a whole number, address, telephone or e-mail." in page


def candidate(chance: float | None) -> Candidate:
    fields = tuple(
        FieldExplained(name, Sentence(name), "a", "b", Sentence("same"), Sentence("for"), bits)
        for name, bits in (("surname", 9.0), ("household", -2.0))
    )
    return Candidate(
        "P1", ("zz:police:persons:1",), "police", 2.0, Sentence("somewhat for"), None, fields, chance
    )


def test_a_candidate_has_a_name_and_lines_that_add_up() -> None:
    shown = known._shown(candidate(0.42), Named("Ana Petal", "2010-03-01"), READER)

    assert shown.heading == "Ana Petal, born 1 March 2010 (person P1)"
    assert shown.outcome == "Of 100 pairs like this one, about 42 are one person."
    assert shown.table is not None
    assert [str(row[-1]).rpartition("(")[2].split()[0] for row in shown.table.rows] == [
        "\N{MINUS SIGN}5.0",
        "+9.0",
        "\N{MINUS SIGN}2.0",
        "+2.0",
    ]
    assert shown.waterfall is not None
    assert shown.waterfall.bars[-1].bits == "+2.0"


def test_where_no_chance_is_counted_words_say_it_and_a_name_that_may_not_be_seen_is_none() -> None:
    shown = known._shown(candidate(None), Named("", ""), READER)

    assert shown.heading == "Person P1"
    assert shown.outcome == "All fields together: somewhat for."


def test_who_only_holds_something_is_not_said_to_be_the_person() -> None:
    shown = known._holder_shown(Holder("P1", ("zz:police:persons:1",), ("phone",)), None, READER)

    assert shown.outcome == "Holds this: Telephone. Not enough by itself to say it is the person."
    assert shown.table is None

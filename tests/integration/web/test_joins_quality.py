"""The page of how right the joins are: nothing where nothing was measured, else what was found, when, against what and for whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from engage.identities.evaluating import Measures, Rates
from engage.identities.judging.agreeing import agreement_of
from engage.identities.judging.rules import Said
from engage.identities.linking.calibrating import Bin, Reliability
from engage.identities.measuring.answer import Answer
from engage.identities.measuring.blocking import Blocking
from engage.identities.measuring.figures import Figures
from engage.identities.measuring.keeping import HowRight, by_kind, keep
from engage.identities.measuring.people import Children, GroupRates
from engage.identities.measuring.traits import OfKind
from engage.web.deliveries.joins import page as page_of
from tests.integration.web.test_deliveries import received


__all__ = ["received"]
pytestmark = [pytest.mark.slow, pytest.mark.django_db]
RATES = Rates(0.99, 0.9)
FOUND = Figures(
    measures=Measures(10, 0, RATES, RATES, RATES, RATES, {"twins": (1, 14)}, {}, {}),
    missed=(OfKind("moved", 3, 40),),
    wrong=(OfKind("household", 2, 5),),
    lost=Blocking(100, 210, 80, 4),
    certainty=Reliability(
        300, 2, 0.0214, (Bin(0.0, 0.01, 90, 0.004, 0.0), Bin(0.5, 0.6, 10, 0.55, 0.6), Bin(0.99, 1.0, 200, 0.999, 1.0))
    ),
    children=Children(50, 2, 1, 12, 9, 11, 10),
    groups=(
        GroupRates("sex", "F", 60, 80, 75, 0.98, 0.91, 0.97), GroupRates("origin", "polish", 20, 30, 28, 1.0, 0.88, None),
        GroupRates("ethnicity", "W", 600, 800, 750, 0.98, 0.91, 0.97, 500), GroupRates("ethnicity", "A", 300, 400, 350, 0.98, 0.91, 0.925, 200),
    ),
)  # fmt: skip


@pytest.fixture
def measured(received: str, viewing: Callable[..., object]) -> Callable[[str], None]:
    """Keep a measurement of the build of that id."""

    def keep_of(build_id: str) -> None:
        build = SimpleNamespace(info=SimpleNamespace(build_id=build_id))
        keep(
            viewing(role="operator", agency="", user_id="olu"),
            build,
            FOUND,
            Answer("westermouth", "", None, {}),
        )

    return keep_of


def shown(sign_in: Callable[..., Client]) -> str:
    answer = sign_in().get(reverse("data_quality_joins"))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_where_nothing_was_measured_no_figure_is_made_up(
    received: str, sign_in: Callable[..., Client]
) -> None:
    page = shown(sign_in)
    main = page[page.index("<main") : page.index("</main>")]
    assert "how right they are is not known" in main
    assert "Nobody has judged yet." in main
    assert "<svg" not in main
    assert "%" not in main[: main.index("What this build did not compare by")]


def test_what_was_not_compared_by_is_told(received: str, sign_in: Callable[..., Client]) -> None:
    page = shown(sign_in)
    assert re.search(r"the day of birth alone.*?>3<.*?>61<", page)
    assert "No day of birth but 1 January" in page


def test_what_was_found_is_told_with_when_by_whom_and_against_what(
    measured: Callable[[str], None], sign_in: Callable[..., Client]
) -> None:
    measured("b1")
    page = shown(sign_in)
    assert (
        "Measured on 7 April 2026, 08:40 by olu against the known answer “westermouth”, of build b1." in page
    )
    assert "of an earlier build" not in page
    for told in ("95.0% of the pairs of one person; 4 of 80 never were. 2.1 pairs", "2 of 50 hold a record of another person; on 1 of these nothing says so",
                 "9 of 12; leaving partial records out, 10 of 11", "0.0214", "two people of one household", "another address"):  # fmt: skip
        assert told in page
    assert "polish" in page
    assert "not known" in page


def test_figures_of_an_earlier_build_say_so(
    measured: Callable[[str], None], sign_in: Callable[..., Client]
) -> None:
    measured("b0")
    assert "these figures are of an earlier build" in shown(sign_in)


def test_the_chart_says_what_its_table_says(
    measured: Callable[[str], None], sign_in: Callable[..., Client]
) -> None:
    measured("b1")
    page = shown(sign_in)
    dots = re.findall(
        r'<circle cx="([\d.]+)" cy="([\d.]+)" r="[\d.]+" class="[\w-]+"><title>(.*?)</title>', page
    )
    assert [words for _x, _y, words in dots] == [
        "90 pairs: said 0.4%, were 0.0%",
        "10 pairs: said 55.0%, were 60.0%",
        "200 pairs: said 99.9%, were 100.0%",
    ]
    assert [(float(x), float(y)) for x, y, _words in dots] == [(51.2, 350.0), (215.0, 170.0), (349.7, 50.0)]
    for cells in (("90", "0.4%", "0.0%"), ("10", "55.0%", "60.0%"), ("200", "99.9%", "100.0%")):
        assert re.search("".join(f"<td[^>]*>{cell}</td> ?" for cell in cells), page)
    assert "style=" not in page[page.index("<svg") : page.index("</svg>")]


def test_what_goes_wrong_is_told_as_what_it_is_a_part_of(
    measured: Callable[[str], None], sign_in: Callable[..., Client]
) -> None:
    measured("b1")
    page = shown(sign_in)
    assert "Of all such pairs" not in page
    assert re.search(
        r"Of all pairs joined wrongly.*?two people of one household</th><td[^>]*>2</td> ?<td[^>]*>40.0%</td>",
        page,
    )


def test_a_group_that_fares_worse_is_marked_and_a_small_one_is_said_to_tell_nothing(
    measured: Callable[[str], None], sign_in: Callable[..., Client]
) -> None:
    measured("b1")
    page = shown(sign_in)
    assert re.search(r"Asian</th>(?:(?!</tr>).)*govuk-tag--red[^>]*>\s*4 points below White", page)
    assert re.search(r"polish</th>(?:(?!</tr>).)*too few people with several records to tell", page)


def judged(*said: tuple[str, str]) -> HowRight:
    """What is known where these (judge, word) were said of one pair."""
    at = datetime(2026, 4, 7, 8, tzinfo=UTC)
    all_said = [
        Said(seq, "a", "b", says, "", "joined", who, "police", at) for seq, (who, says) in enumerate(said, 1)
    ]
    return HowRight(None, False, by_kind(all_said), agreement_of(all_said), "", 1, was_judged=bool(said))


def test_a_disputed_pair_is_judged_and_one_pair_is_said_in_the_singular() -> None:
    made = page_of(judged(("kim", "same"), ("lee", "different")))
    assert [[getattr(cell, "text", cell) for cell in line] for line in made.judged.rows] == [
        ["joined by the software", "1", "0", "0", "1", "none"]
    ]
    assert made.agreement == "1 pair was judged by two people; they said the same of 0."
    assert made.curve.endswith("and on 1 pair that people judged here.")
    assert page_of(judged(("kim", "same"))).judged.rows[0][2] == "1"


def test_where_all_was_taken_back_nobody_is_said_never_to_have_judged() -> None:
    assert page_of(judged()).judged.empty == "Nobody has judged yet."
    assert page_of(replace(judged(), was_judged=True)).judged.empty == "No judgement stands today."

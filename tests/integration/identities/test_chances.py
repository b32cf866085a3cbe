"""Is a chance shown only from the curve, with what people judged here counted in, and only to who may see the weight?"""

from __future__ import annotations

import pytest

from engage.identities import chances, queries
from engage.identities.linking import calibrating
from engage.identities.models import Judgement
from tests.integration.identities.test_judging import TOWN, A, B, C, P, _say


pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def served(town):
    town.made(TOWN)
    return town


def test_an_explained_join_says_how_often_such_a_pair_is_one_person(served, viewing) -> None:
    join = queries.explain_join(viewing=viewing(), build=served.build, left=A, right=B)
    assert join.chance == calibrating.shipped().chance(join.weight, "plain/joined")
    assert join.chance > 0.95
    apart = queries.explain_join(viewing=viewing(), build=served.build, left=A, right=C)
    assert (apart.weight, apart.chance) == (None, None)


def test_enough_judgements_of_what_the_queue_asked_refine_it_and_others_do_not(
    served, viewing, monkeypatch
) -> None:
    assert queries.chances(viewing=viewing(), build=served.build) is calibrating.shipped()
    for module in (calibrating, chances):
        monkeypatch.setattr(module, "LEAST_JUDGED", 1)
    _say(viewing, served, A, B, "different")
    assert chances.curve(served.build) is calibrating.shipped()
    assert Judgement.objects.count() == 1
    _say(viewing, served, A, P, "different")
    after = chances.curve(served.build)
    assert after.judged == 1
    weight = queries.explain_join(viewing=viewing(), build=served.build, left=A, right=P).weight
    assert after.chance(weight, "partial") < calibrating.shipped().chance(weight, "partial")

"""The pages of linkage models: which is in use, what another would change, and its adoption by those who may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from engage.identities.linking.model import prior_model
from engage.identities.models import ModelAdoption
from engage.identities.trained import keeping
from engage.identities.trained.rules import Change, Changes, LearntFrom
from engage.vocabulary.access import Viewing
from tests.spec.picture.drawing import World


pytestmark = [pytest.mark.slow, pytest.mark.django_db]
SEEN = Change("parted", "zz:childrens_services:children:1", "zz:police:persons:2", 8.5, None)
HIDDEN = Change("joined", "zz:childrens_services:children:1", "zz:police:persons:8", 1.5, 4.5)
Browser = Callable[..., Client]


@pytest.fixture
def kept(ana: World, viewing: Callable[..., Viewing]) -> str:
    """Model 1 in use; model 2, of which it is known what it would change of the build that is served."""
    operator = viewing(role="operator", agency="", user_id="olu")
    build = ana.warehouse.current()
    learnt = LearntFrom("b0", date(2026, 4, 1), 3, 4)
    keeping.keep_first(operator, prior_model(500), learnt, why="the area's first model")
    with transaction.atomic():
        keeping.keep(operator, prior_model(900), replace(learnt, records=8))
    ids = [
        record
        for (record,) in build.analysis().execute("select record_id from person_record order by 1").fetchall()
    ]
    seen = replace(SEEN, left_record_id=ids[0], right_record_id=next(r for r in ids if r.endswith(":2")))
    hidden = replace(HIDDEN, left_record_id=ids[0], right_record_id=next(r for r in ids if r.endswith(":8")))
    changes = Changes(build.info.build_id, 8, 5, 5, 1, 1, 2, 1, 4, 6, told=2, pairs=(hidden, seen))
    keeping.keep_tried(operator, 2, changes)
    return build.info.build_id


def page(browser: Client, name: str, *args: int) -> str:
    return " ".join(browser.get(reverse(name, args=args)).content.decode().split())


def test_the_list_says_which_is_in_use_and_that_the_area_has_grown(kept: str, sign_in: Browser) -> None:
    shown = page(sign_in(), "data_quality_models")
    assert "from the next build on" in shown
    assert "never" in shown
    assert "learnt from 3 records of 4 agencies; now there are" in shown
    assert reverse("data_quality_model", args=[2]) in shown


def test_an_analyst_sees_what_it_would_change_says_why_and_adopts_it(kept: str, sign_in: Browser) -> None:
    browser = sign_in(role="analyst", agency="police")
    shown = page(browser, "data_quality_model", 2)
    assert "People who would be joined with others: 2. People whose records would be parted: 1." in shown
    assert "Would be parted" in shown
    assert "+8.5" in shown
    assert "not compared" in shown
    assert "Bits, model in use" in shown

    address = reverse("data_quality_model", args=[2])
    assert "Write in a few words why" in browser.post(address, {"why": ""}).content.decode()
    done = browser.post(address, {"why": "learnt from more"}, follow=True).content.decode()
    assert "Model 2 is used from the next build on." in done
    assert "learnt from more" in done
    assert 'name="why"' not in done
    assert ModelAdoption.objects.order_by("-seq")[0].model == 2


def test_a_change_of_a_record_that_the_reader_may_not_see_is_counted_and_not_listed(
    kept: str, sign_in: Browser
) -> None:
    shown = page(sign_in(), "data_quality_model", 2)
    assert "1 change is not listed" in shown
    assert "Would be joined" not in shown


def test_whoever_may_not_adopt_reads_and_is_refused(kept: str, sign_in: Browser) -> None:
    browser = sign_in(role="social_worker")
    assert 'name="why"' not in page(browser, "data_quality_model", 2)
    browser.post(reverse("data_quality_model", args=[2]), {"why": "mine"})
    assert ModelAdoption.objects.count() == 1


def test_a_model_that_is_not_there_is_not_found(kept: str, sign_in: Browser) -> None:
    assert sign_in().get(reverse("data_quality_model", args=[9])).status_code == 404

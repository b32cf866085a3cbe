"""Is a linkage model trained once, kept, used again, and replaced only by a person who saw what another would change?"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from engage.governance.models import AuditEvent
from engage.governance.queries import MayNotDo
from engage.identities import actions, queries
from engage.identities.linking.model import MODEL_VERSION, Model
from engage.identities.models import ModelAdoption, ModelComparison, TrainedModel
from engage.identities.trained import keeping
from engage.identities.trained.rules import AdoptionRefused, LearntFrom, ModelUnknown
from engage.vocabulary.access import Viewing
from tests.integration.identities.conftest import Town
from tests.spec.identities.test_training import families
from tests.spec.identities.towns import AS_OF


pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.postgresql]
Maker = Callable[..., Viewing]
FAMILIES = families(12)


@pytest.fixture(autouse=True)
def _few_records_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "LEAST_RECORDS", 50)


@pytest.fixture
def operator(viewing: Maker) -> Viewing:
    return viewing(role="operator", agency="", purpose="data_quality", user_id="olu")


@pytest.fixture
def served(town: Town, operator: Viewing) -> Town:
    town.made(FAMILIES, viewing=operator)
    return town


def first() -> int:
    """The version of the area's first model (numbers go on from test to test in some databases)."""
    return int(TrainedModel.objects.order_by("seq")[0].seq)


def adopted() -> list[int]:
    """Which models were adopted, in order: 1 is the first that was kept."""
    places = {row.seq: place for place, row in enumerate(TrainedModel.objects.order_by("seq"), start=1)}
    return [places[row.model] for row in ModelAdoption.objects.order_by("seq")]


def tried(town: Town, operator: Viewing, version: int = 0) -> int:
    with town.warehouse.workbench(town.build) as connection:
        number, _changes = actions.try_model(
            viewing=operator, build=town.build, connection=connection, version=version, seed=1
        )
    return number


def kept(operator: Viewing, change: Callable[[Model], Model]) -> int:
    """Keep the first model, changed."""
    model = change(keeping.model_of(first()))
    with transaction.atomic():
        return keeping.keep(operator, model, LearntFrom("b1", AS_OF, 5000, 4))


def wary(model: Model) -> Model:
    """Two records being one person is so unlikely that no evidence is enough."""
    return replace(model, chance=1e-30)


def groups(town: Town) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for record, person in town.ids().items():
        found.setdefault(person, set()).add(record)
    return {frozenset(records) for records in found.values()}


def test_the_first_build_trains_and_adopts_and_the_next_one_uses_it(served: Town, operator: Viewing) -> None:
    (one,) = queries.models(viewing=operator, build=served.build)
    assert (one.version, one.is_in_use, one.is_served, one.is_outgrown) == (first(), True, True, False)
    assert one.learnt_from.records == len(served.ids())
    assert [(a.by, a.was_seen) for a in one.adoptions] == [("olu", False)]

    served.made(families(20), viewing=operator)
    assert TrainedModel.objects.count() == ModelAdoption.objects.count() == 1
    assert served.build.info.watermarks["model"] == first()
    assert keeping.for_build().model == keeping.model_of(first())


def test_until_there_are_enough_records_each_build_trains_anew(
    town: Town, operator: Viewing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "LEAST_RECORDS", 90)
    town.made(families(2), viewing=operator)
    town.made(families(2), viewing=operator)
    assert TrainedModel.objects.count() == 1
    town.made(families(12), viewing=operator)
    town.made(families(14), viewing=operator)
    assert adopted() == [1, 2]
    assert town.build.info.watermarks["model"] == ModelAdoption.objects.order_by("-seq")[0].model


def test_a_model_of_another_version_of_engage_is_replaced_by_the_build(
    served: Town, operator: Viewing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engage.identities.linking.model.MODEL_VERSION", 1 + MODEL_VERSION)
    served.made(FAMILIES, viewing=operator)
    newest, older = queries.models(viewing=operator, build=served.build)
    assert (newest.is_in_use, older.version, older.model) == (True, first(), None)
    assert "compared otherwise" in newest.adoptions[0].why


def test_a_new_model_is_kept_with_what_it_would_change_and_changes_nothing(
    served: Town, operator: Viewing
) -> None:
    before = served.ids()
    number = kept(operator, wary)
    tried(served, operator, number)
    found = queries.model(viewing=operator, build=served.build, version=number)
    changes = found.changes
    assert changes is not None
    assert changes.people_then > changes.people_now
    assert changes.pairs_parted == changes.told > 0
    assert changes.people_joined == changes.pairs_joined == 0
    assert {pair.kind for pair in changes.pairs} == {"parted"}
    assert all((pair.weight_now or 0) > (pair.weight_then or 0) for pair in changes.pairs)
    assert served.ids() == before
    assert not found.is_in_use
    assert keeping.for_build().version == first()


def test_training_on_the_same_records_gives_the_same_model(served: Town, operator: Viewing) -> None:
    assert tried(served, operator) == first()
    found = queries.model(viewing=operator, build=served.build, version=first())
    assert found.changes is not None
    assert found.changes.is_nothing


def test_who_may_not_see_both_records_is_told_only_that_there_is_a_change(
    served: Town, operator: Viewing, viewing: Maker
) -> None:
    number = kept(operator, wary)
    tried(served, operator, number)
    nobody = viewing(role="information_governance", agency="childrens_services", purpose="audit")
    changes = queries.model(viewing=nobody, build=served.build, version=number).changes
    assert changes is not None
    assert changes.told > 0
    assert changes.pairs == ()


def test_an_adopted_model_joins_the_next_build_and_the_one_before_can_come_back(
    served: Town, operator: Viewing
) -> None:
    before, number = groups(served), kept(operator, wary)
    tried(served, operator, number)
    actions.adopt_model(viewing=operator, build=served.build, version=number, why="to see")
    assert groups(served) == before
    served.made(FAMILIES, viewing=operator)
    changes = queries.model(viewing=operator, build=served.build, version=number).changes
    assert changes is not None
    assert len(groups(served)) == changes.people_then
    assert served.build.info.watermarks["model"] == number

    tried(served, operator, first())
    actions.adopt_model(viewing=operator, build=served.build, version=first(), why="it was better")
    served.made(FAMILIES, viewing=operator)
    assert groups(served) == before


def test_nobody_adopts_what_was_not_looked_at(served: Town, operator: Viewing, viewing: Maker) -> None:
    number = kept(operator, wary)

    def refused(version: int, why: str, who: Viewing = operator) -> None:
        actions.adopt_model(viewing=who, build=served.build, version=version, why=why)

    with pytest.raises(AdoptionRefused, match="has not been seen"):
        refused(number, "to see")
    tried(served, operator, number)
    with pytest.raises(AdoptionRefused, match="Say why"):
        refused(number, " ")
    with pytest.raises(AdoptionRefused, match="is in use"):
        refused(first(), "again")
    with pytest.raises(ModelUnknown):
        refused(number + 99, "to see")
    with pytest.raises(MayNotDo):
        refused(number, "to see", viewing(role="detective", agency="police"))
    served.made(families(13), viewing=operator)
    with pytest.raises(AdoptionRefused, match="has not been seen"):
        refused(number, "to see")
    assert adopted() == [1]


def test_each_decision_is_in_the_log(served: Town, operator: Viewing) -> None:
    number = kept(operator, wary)
    tried(served, operator, number)
    actions.adopt_model(viewing=operator, build=served.build, version=number, why="to see")
    rows = AuditEvent.objects.filter(subject=f"model {number}").order_by("id")
    assert [(row.action, row.decision) for row in rows] == [
        ("identities.keep_model", "kept"),
        ("identities.compare_model", "kept"),
        ("identities.adopt_model", "adopted"),
    ]


@pytest.mark.parametrize("table", [TrainedModel, ModelComparison, ModelAdoption])
def test_what_was_kept_is_never_changed(served: Town, operator: Viewing, table: type) -> None:
    tried(served, operator)
    for change in (lambda: table.objects.update(seq=99), lambda: table.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize("seed", [1, 2])
def test_delivery_after_delivery_joins_the_people_that_all_of_them_at_once_join(
    town: Town, operator: Viewing, forget_derived: Callable[[], None], seed: int
) -> None:
    rows = families(24)
    first = rows[:48]
    town.made(first, viewing=operator)
    later = rows[48:]
    random.Random(seed).shuffle(later)
    for part in (later[:17], later):
        town.made([*first, *part], viewing=operator)
    step_by_step = groups(town)
    assert TrainedModel.objects.count() == 1

    forget_derived()
    town.made([*later, *first], viewing=operator)
    assert groups(town) == step_by_step

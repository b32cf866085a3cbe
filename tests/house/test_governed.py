"""Is it said of every field and every column how sensitive it is and how long it is kept?

A model says so in a nested class `Governance`: `retention` names a class of governance/retention.yaml for the row, and
`handling` says for every field none, personal, special or narrative. A derived table says so column by column.
"""

from __future__ import annotations

import importlib

import pytest
from django.apps import apps

from engage.governance.table import codes
from tests.house.tree import ROOT


HANDLINGS = {"none", "personal", "special", "narrative"}
MODELS = [
    model
    for config in apps.get_app_configs()
    if config.name.startswith("engage.")
    for model in config.get_models()
]
TABLES = [
    (stage.name, table)
    for stage in sorted((ROOT / "engage").iterdir())
    if (stage / "tables.py").is_file() and stage.name != "store"
    for table in importlib.import_module(f"engage.{stage.name}.tables").DERIVED_TABLES
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_of_a_model(model):
    governance = model.__dict__.get("Governance")
    assert governance is not None, f"{model.__name__} has no nested class Governance"
    fields = {field.name for field in [*model._meta.fields, *model._meta.many_to_many]}
    assert fields == set(governance.handling)
    assert set(governance.handling.values()) <= HANDLINGS
    assert governance.retention in codes("retention")


@pytest.mark.parametrize(("stage", "table"), TABLES, ids=lambda one: getattr(one, "name", one))
def test_every_column_of_a_derived_table(stage, table):
    for column in table.columns:
        assert column.handling in HANDLINGS, f"{stage}.{table.name}.{column.name}"
        assert column.retention in codes("retention"), f"{stage}.{table.name}.{column.name}"
        assert column.meaning.strip()


def test_no_derived_table_is_left_out():
    declared = {"records"} | {path.parent.name for path in (ROOT / "engage").glob("*/tables.py")} - {"store"}
    assert {stage for stage, _ in TABLES} == declared

"""Does `engage forms check` list an area's forms, and say by entry what does not fit?"""

from __future__ import annotations

import shutil

import pytest
from typer.testing import CliRunner

from engage.casework.forms.reading import SHIPPED
from engage.cli import main
from engage.cli.forms import FormsDoNotFit
from tests.house import tree


@pytest.fixture
def run(area):
    if not main.app.registered_commands:
        main.register()
    folder = area.folder / "forms"
    folder.mkdir()

    def check(*words):
        return CliRunner().invoke(main.app, ["forms", "check", *words])

    return check, folder, str(area.folder)


def test_the_shipped_forms_fit_and_an_areas_own_are_listed_as_such(run):
    check, folder, area = run
    shutil.copy(tree.ROOT / "examples" / "forms" / "seraf.yaml", folder)
    assert "(the area's" not in check().output
    found = check(area)
    assert (found.exit_code, "seraf: Exploitation framework (our area's form), 10 questions (the area's, from 2026-01-01)" in found.output) == (0, True)  # fmt: skip


def test_a_form_that_a_move_cannot_use_is_named_with_what_to_do(run):
    check, folder, area = run
    text = (SHIPPED / "allocation.yaml").read_text(encoding="utf-8")
    (folder / "allocation.yaml").write_text(text.replace("code: worker", "code: person"), encoding="utf-8")
    found = check(area)
    assert "allocation: worker: Keep this question: cases read its answer." in found.output
    assert isinstance(found.exception, FormsDoNotFit)


def test_events_that_are_told_no_longer_are_named(run):
    check, folder, area = run
    text = (SHIPPED / "visit.yaml").read_text(encoding="utf-8")
    (folder / "visit.yaml").write_text(text.partition("tells:")[0], encoding="utf-8")
    assert "It tells no clock of: child.seen, child.seen_alone." in check(area).output

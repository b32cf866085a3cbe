"""Is everything that people write at length of a child looked at for wordings that blame the child, before it is kept?"""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import pytest
from django import forms

from engage.web.wording.forms import CarefulForm
from tests.house import tree


# Of no child: each with what it is of.
EXCEPTED = {
    "AdoptForm.why": "why a linkage model is used",
    "ScreenForm.pasted": "a list of names, phones and plates, which is read and not kept as words",
}


def _forms() -> Iterator[type[forms.BaseForm]]:
    """Every form of the pages, wherever its module is."""
    for path in tree.modules():
        name = tree.name(path)
        if name.startswith("engage/web/") and "forms." in path.read_text(encoding="utf-8"):
            module = importlib.import_module(name.removesuffix(".py").replace("/", "."))
            for one in vars(module).values():
                is_form = isinstance(one, type) and issubclass(one, forms.BaseForm)
                if is_form and one.__module__ == module.__name__:
                    yield one


LONG = sorted(
    (f"{form.__name__}.{name}", name, form)
    for form in _forms()
    for name, field in form.base_fields.items()
    if isinstance(field.widget, forms.Textarea)
)


def test_there_are_such_fields():
    assert {"CheckForm.note", "RecordForm.text", "SayForm.reason", "EndForm.why"} <= {one for one, *_ in LONG}
    assert set(EXCEPTED) <= {one for one, *_ in LONG}


@pytest.mark.parametrize(
    ("named", "field", "form"), LONG, ids=lambda one: one if isinstance(one, str) else ""
)
def test_every_long_text_is_looked_at_or_it_is_said_why_not(named, field, form):
    is_careful = issubclass(form, CarefulForm) and field in form.free_text
    assert is_careful != (named in EXCEPTED), (
        f"{named} of {form.__module__}: name it in free_text of a CarefulForm"
    )


def test_every_form_that_is_looked_at_names_fields_that_it_has():
    for form in _forms():
        if issubclass(form, CarefulForm):
            assert set(form.free_text) <= set(form.base_fields), form

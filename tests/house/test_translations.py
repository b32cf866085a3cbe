"""Does everything that people read go through the catalogue, and could another language be added without code?"""

from __future__ import annotations

import ast
import re

import pytest
from django.urls import reverse
from django.utils import translation

from engage.governance.table import codes
from engage.vocabulary.pseudo import left_in_english, pseudo
from tests.house import tree
from tools import messages


PLACES = re.compile(r"%\((\w+)\)")


def test_texts_are_collected_from_rules_templates_and_tables():
    files = {key: message.places for key, message in messages.messages().items()}
    assert ("", "Accept your invitation", "") in files
    assert ("", "A rule keeps this from your role for the purpose you gave.", "") in files
    assert ("", codes("roles")["nurse"]["title"], "") in files


def test_every_text_keeps_its_named_places_in_the_pseudo_language():
    for _, text, plural in messages.messages():
        for form in (text, plural):
            assert PLACES.findall(pseudo(form)) == PLACES.findall(form)
            names = dict.fromkeys(PLACES.findall(form), "x")
            if names:
                assert pseudo(form) % names != form % names


def test_no_sentence_escapes_the_catalogue():
    """A text that becomes a Sentence, or a remedy, is written where it can be collected: inside N_ (or gettext)."""
    escaped = []
    for path in tree.modules():
        for node in ast.walk(tree.tree(path)):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            texts = node.args[:1] if name == "Sentence" else []
            texts = [*texts, *(word.value for word in node.keywords if word.arg == "remedy")]
            escaped += [
                f"{tree.name(path)}:{text.lineno}"
                for text in texts
                if isinstance(text, ast.JoinedStr) or (isinstance(text, ast.Constant) and text.value)
            ]
    assert escaped == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("Go", "⟦Ĝö⟧"),
        ("%(n)s of 100%%", "⟦%(n)s öƒ 100%%~~~~⟧"),
        ("<b>at</b> &amp; {x}", "⟦<b>àţ</b> &amp; {x}~~~~~~⟧"),
    ],
)
def test_pseudo(text, shown):
    assert pseudo(text) == shown


def test_what_escaped_the_catalogue_is_seen():
    shown = f"{pseudo('Home')} Hello {pseudo('of %(who)s') % {'who': pseudo('All')}}\n{pseudo('Yes')} 12"
    assert left_in_english(shown) == ["Hello"]


def test_a_language_is_added_and_renewed_without_losing_what_was_translated(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    texts, translated = messages.bring_up_to_date("cy")
    assert texts > 100
    assert translated == 0
    file = tmp_path / "cy" / "LC_MESSAGES" / "django.po"
    empty = file.read_text(encoding="utf-8")
    assert "nplurals=4" in empty
    file.write_text(
        empty.replace('msgid "Nurse"\nmsgstr ""', 'msgid "Nurse"\nmsgstr "Nyrs “arall”\\n"').replace(
            'msgid "Specialist nurse"\nmsgstr ""', 'msgid "Specialist nurse"\nmsgstr "Nyrs \\"arbenigol\\""'
        ),
        encoding="utf-8",
    )
    assert messages.bring_up_to_date("cy") == (texts, 1)
    assert 'msgstr "Nyrs \\"arbenigol\\""' in file.read_text(encoding="utf-8")


def test_the_site_speaks_a_language_that_only_a_catalogue_brings(pseudo_language):
    with translation.override(pseudo_language):
        assert translation.gettext("Accept your invitation") == pseudo("Accept your invitation")
        assert translation.ngettext(
            "%(unused_count)s of %(total_count)s codes is left.",
            "%(unused_count)s of %(total_count)s codes are left.",
            2,
        ).startswith("⟦%(unused_count)s")


@pytest.mark.parametrize("file", list(messages.LOCALE.glob("*/LC_MESSAGES/django.po")), ids=str)
def test_every_translation_keeps_the_named_places(file):
    _, known = messages.read_po(file)
    for (_, text, plural), forms in known.items():
        for form in filter(None, forms):
            assert set(PLACES.findall(form)) <= set(PLACES.findall(text + plural)), text


def test_sign_in_page_in_the_pseudo_language(client, db, settings, area, pseudo_language):
    settings.ENGAGE_AREA = str(area.folder)
    settings.SECURE_SSL_REDIRECT = False
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    page = client.get(reverse("account_login"), headers={"accept-language": pseudo_language}).content.decode()
    assert pseudo("Skip to main content") in page

"""Collect every text that people read into the translation catalogues, and make the files that the site reads.

    python tools/messages.py                 bring every engage/locale/*/LC_MESSAGES/django.po up to date, make the .mo files
    python tools/messages.py cy              the same for one language, which is begun when it is new
    python tools/messages.py --pseudo DIR    write the pseudo-language into DIR/en_XA

Needs no gettext programs. A translation that was there is kept; a text that is used no more is dropped; a plural form
follows the header `Plural-Forms` of its file.
"""

from __future__ import annotations

import ast
import re
import struct
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from engage.vocabulary.pseudo import pseudo


ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "engage" / "locale"
# The function's name, and which of its arguments are context, text and plural.
MARKERS = {
    **dict.fromkeys(("_", "N_", "gettext", "gettext_lazy", "gettext_noop"), (None, 0, None)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (None, 0, 1)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (0, 1, None)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (0, 1, 2)),
}
THEMES = "engage/picture/narrative/phrases/themes"
WORDINGS = "engage/picture/wording/themes"
INDICATORS = "engage/picture/indicators/catalogue"
FORMS = "engage/casework/forms/catalogue"
LIFECYCLES = "engage/casework/lifecycles"
CLOCKS = "engage/casework/clocks"
FILES = "engage/casework/files/types.yaml"
MEETINGS = "engage/casework/meetings/kinds"
TEMPLATES, DAY = "engage/casework/tasks/templates.yaml", "engage/casework/week/lists.yaml"
SAID_IN_YAML = ("governance/roles.yaml", "governance/purposes.yaml")
HEADER = (
    "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\nLanguage: {}\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n"
)
PLURALS = {"cy": "nplurals=4; plural=(n==1) ? 0 : (n==2) ? 1 : (n != 8 && n != 11) ? 2 : 3;"}
Key = tuple[str, str, str]


@dataclass
class Message:
    """One text: its context, itself, its plural, where it is used, and its translations (one a plural form)."""

    key: Key
    places: list[str] = field(default_factory=list)
    translated: list[str] = field(default_factory=list)


def messages() -> dict[Key, Message]:
    """Every text in the product, by key, in the order of their places."""
    found: dict[Key, Message] = {}
    for place, key in [
        *_in_python(),
        *_in_templates(),
        *_in_yaml(),
        *_in_meetings(),
        *_in_clocks(),
        *_in_help(),
    ]:
        if key[1]:
            found.setdefault(key, Message(key)).places.append(place)
    return found


def _in_python() -> Iterator[tuple[str, Key]]:
    for file in sorted((ROOT / "engage").rglob("*.py")):
        if "node_modules" not in file.parts:
            yield from _calls(ast.parse(file.read_text(encoding="utf-8"), filename=str(file)), _place(file))


def _calls(tree: ast.AST, place: str) -> Iterator[tuple[str, Key]]:
    for node in ast.walk(tree):
        name = getattr(node, "func", None)
        marker = MARKERS.get(getattr(name, "id", getattr(name, "attr", ""))) if name is not None else None
        if isinstance(node, ast.Call) and marker:
            texts = [_text(node.args[at]) if at is not None and at < len(node.args) else "" for at in marker]
            yield place, (texts[0], texts[1], texts[2])


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _in_templates() -> Iterator[tuple[str, Key]]:
    from django.utils.translation.template import templatize

    call = re.compile(r"\b((?:n?p?gettext|_)\(.*?\))\s", re.DOTALL)
    for file in sorted((ROOT / "engage").rglob("*.html")):
        python = templatize(file.read_text(encoding="utf-8"), origin=str(file)) + " "
        for found in call.findall(python):
            yield from _calls(ast.parse(_whole_call(python, found)), _place(file))


def _whole_call(python: str, found: str) -> str:
    """A text may hold a bracket and a space: take further characters until the call can be read."""
    end = python.index(found) + len(found)
    start = end - len(found)
    while True:
        try:
            ast.parse(python[start:end])
        except SyntaxError:
            end = python.index(")", end) + 1
        else:
            return python[start:end]


def _in_yaml() -> Iterator[tuple[str, Key]]:
    for name in SAID_IN_YAML:
        for row in yaml.safe_load((ROOT / "engage" / name).read_text(encoding="utf-8")):
            for column in ("title", "means"):
                yield f"engage/{name}", ("", row[column], "")
    for file in (*sorted((ROOT / THEMES).glob("*.yaml")), *sorted((ROOT / INDICATORS).glob("*.yaml"))):
        theme = yaml.safe_load(file.read_text(encoding="utf-8"))
        for column in ("title", "means", "does_not_mean"):
            yield _place(file), ("", theme[column], "")
    for file in sorted((ROOT / WORDINGS).glob("*.yaml")):
        theme = yaml.safe_load(file.read_text(encoding="utf-8"))
        said = [theme["title"], *(one[name] for one in theme["wordings"] for name in ("better", "why"))]
        yield from ((_place(file), ("", text, "")) for text in said)
    yield from _in_casework()
    yield from _in_week()


def _in_casework() -> Iterator[tuple[str, Key]]:
    for file in sorted((ROOT / FORMS).glob("*.yaml")):
        form = yaml.safe_load(file.read_text(encoding="utf-8"))
        yield from ((_place(file), ("", text, "")) for text in (form["title"], form["means"]))
        for question in form["questions"]:
            said = [question.get(column, "") for column in ("heading", "label", "hint")]
            said += [choice["title"] for choice in question.get("choices", ())]
            said += question.get("never", {}).values()
            yield from ((_place(file), ("", text, "")) for text in said)
    for file in sorted((ROOT / LIFECYCLES).glob("*.yaml")):
        lifecycle = yaml.safe_load(file.read_text(encoding="utf-8"))
        for row in (lifecycle, *lifecycle["states"], *lifecycle["moves"]):
            for column in ("title", "means", "waits_for"):
                yield _place(file), ("", row.get(column, ""), "")


def _in_meetings() -> Iterator[tuple[str, Key]]:
    """Kinds of meeting with their agendas, and kinds of member."""
    for file in sorted((ROOT / MEETINGS).glob("*.yaml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        rows = content if isinstance(content, list) else [content, *content["sections"], *content["quorum"]]
        for row in rows:
            yield from (
                (_place(file), ("", row.get(column, ""), "")) for column in ("title", "means", "basis")
            )


def _in_week() -> Iterator[tuple[str, Key]]:
    for name, rows, columns in (
        (TEMPLATES, "templates", ("what",)),
        (DAY, "lists", ("title", "means")),
        (FILES, "types", ("title",)),
        (FILES, "refused", ("why",)),
        (FILES, "standing", ("title", "means")),
    ):
        for row in yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))[rows]:
            yield from ((name, ("", row[column], "")) for column in columns)


def _in_clocks() -> Iterator[tuple[str, Key]]:
    for file in (*sorted((ROOT / CLOCKS / "catalogue").glob("*.yaml")), ROOT / CLOCKS / "events.yaml"):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        for row in content if isinstance(content, list) else [content]:
            yield from (
                (_place(file), ("", row.get(column, ""), "")) for column in ("title", "means", "note")
            )


def _in_help() -> Iterator[tuple[str, Key]]:
    from engage.cli.main import app, register
    from engage.cli.words import help_texts

    if not app.registered_commands:
        register()
    for text in help_texts(app):
        yield "engage/cli", ("", text, "")


def _place(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def read_po(file: Path) -> tuple[str, dict[Key, list[str]]]:
    """The header and the translations of a catalogue; of one that is not there, nothing."""
    if not file.exists():
        return "", {}
    entries: list[dict[str, str]] = [{}]
    word = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        begins = re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+(".*")$', line)
        if begins:
            word = begins[1]
            if word == "msgctxt" or (word == "msgid" and "msgid" in entries[-1]):
                entries.append({})
            entries[-1][word] = ast.literal_eval(begins[2])
        elif line.startswith('"') and word:
            entries[-1][word] += ast.literal_eval(line)
    known = {}
    for entry in entries:
        key = (entry.get("msgctxt", ""), entry.get("msgid", ""), entry.get("msgid_plural", ""))
        known[key] = [text for name, text in sorted(entry.items()) if name.startswith("msgstr")]
    header = known.pop(("", "", ""), [""])[0]
    return header, known


def write_po(file: Path, header: str, found: Iterable[Message]) -> None:
    """Write a catalogue that a translator, or any gettext tool, can open."""
    blocks = [f'msgid ""\nmsgstr {_quoted(header)}']
    for message in found:
        context, text, plural = message.key
        lines = [f"#: {place}" for place in dict.fromkeys(message.places)]
        lines += ["#, python-format"] if "%(" in text else []
        lines += [f"msgctxt {_quoted(context)}"] if context else []
        lines.append(f"msgid {_quoted(text)}")
        if plural:
            lines.append(f"msgid_plural {_quoted(plural)}")
            lines += [f"msgstr[{n}] {_quoted(form)}" for n, form in enumerate(message.translated or ["", ""])]
        else:
            lines.append(f"msgstr {_quoted((message.translated or [''])[0])}")
        blocks.append("\n".join(lines))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def _quoted(text: str) -> str:
    return (
        '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'
    )


def write_mo(file: Path, header: str, found: Iterable[Message]) -> None:
    """Write the compiled catalogue that the site reads: what is translated only."""
    pairs = {b"": header.encode("utf-8")}
    for message in found:
        context, text, plural = message.key
        if message.translated and all(message.translated):
            key = (f"{context}\x04" if context else "") + text + (f"\0{plural}" if plural else "")
            pairs[key.encode("utf-8")] = "\0".join(message.translated).encode("utf-8")
    keys = sorted(pairs)
    at = 28 + 16 * len(keys)
    tables: list[list[int]] = []
    body = b""
    for texts in (keys, [pairs[key] for key in keys]):
        for text in texts:
            tables.append([len(text), at + len(body)])
            body += text + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, at)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(head + b"".join(struct.pack("<2I", *pair) for pair in tables) + body)


def write_pseudo(folder: Path) -> Path:
    """Write the pseudo-language into a folder of catalogues; return the folder, for LOCALE_PATHS."""
    found = list(messages().values())
    for message in found:
        _, text, plural = message.key
        message.translated = [pseudo(text), pseudo(plural)] if plural else [pseudo(text)]
    write_mo(folder / "en_XA" / "LC_MESSAGES" / "django.mo", HEADER.format("en_XA"), found)
    return folder


def bring_up_to_date(language: str) -> tuple[int, int]:
    """Renew one language's catalogue and its compiled file. Returns how many texts there are and how many are translated."""
    file = LOCALE / language / "LC_MESSAGES" / "django.po"
    header, known = read_po(file)
    header = header or HEADER.format(language).replace(
        "nplurals=2; plural=(n != 1);", PLURALS.get(language, "nplurals=2; plural=(n != 1);")
    )
    found = messages()
    for key, message in found.items():
        message.translated = known.get(key, [])
    write_po(file, header, found.values())
    translated = [message for message in found.values() if message.translated and all(message.translated)]
    if translated:
        write_mo(file.with_suffix(".mo"), header, translated)
    return len(found), len(translated)


def main(words: list[str]) -> None:
    """The command line of this tool."""
    if words[:1] == ["--pseudo"]:
        print(write_pseudo(Path(words[1])))
        return
    for language in words or sorted(path.name for path in LOCALE.glob("*/") if path.name != "en_XA"):
        texts, translated = bring_up_to_date(language)
        print(f"{language}: {translated} of {texts} texts are translated")


if __name__ == "__main__":
    main(sys.argv[1:])

"""What is a file, by its content, and may it be kept?

Pictures, films and PDF are told by the signs that their content begins with (puremagic); documents of Office by what is in their archive, so that one with macros is
never taken for one without; plain text by being text that is no web page. Nothing is unpacked but the list of contents.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath

import puremagic

from engage.store.area import Area
from engage.vocabulary.words import N_, EngageError, Sentence
from engage.vocabulary.written import read_yaml


FILE = Path(__file__).parent / "types.yaml"
MEGABYTE = 1024 * 1024
_HEAD = 16_384
_FOUND = {
    ".pdf": "pdf", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".jfif": "jpeg", ".heif": "heif", ".heic": "heif", ".webp": "webp", ".mp4": "mp4", ".m4v": "mp4",
    ".mp3": "mp3", ".wav": "wav", ".svg": "svg", ".html": "html", ".htm": "html", ".exe": "program", ".dll": "program", ".elf": "program", ".rar": "archive",
    ".7z": "archive", ".gz": "archive", ".tar": "archive",
}  # fmt: skip
_OFFICE = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_MARKUP = (b"<!doctype html", b"<html", b"<script", b"<svg", b"<?xml", b"<head", b"<body", b"<iframe")


class FileRefused(EngageError):
    """The file may not be kept: the sentence says why."""


class FileNotShown(EngageError):
    """There is no such file, or it may not be shown: the same words for both."""

    exit_code = 5


@dataclass(frozen=True)
class Type:
    """A kind of file that may be kept: how it is given out, and what its name may end with."""

    code: str
    title: str
    sent_as: str
    extensions: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """A kind of standing document about a child."""

    code: str
    title: str
    means: str


@dataclass(frozen=True)
class Types:
    """What may be kept, why the rest is refused, how large a file may be, in megabytes, and what runs, by its ending."""

    types: Mapping[str, Type]
    refused: Mapping[str, str]
    standing: Mapping[str, Standing]
    most_megabytes: int
    runs: frozenset[str]


@cache
def types() -> Types:
    """The list as it ships."""
    raw = read_yaml(FILE.read_text(encoding="utf-8"))
    return Types(
        {one["code"]: Type(one["code"], one["title"], one["sent_as"], tuple(one["extensions"])) for one in raw["types"]},
        {one["code"]: one["why"] for one in raw["refused"]}, {one["code"]: Standing(**one) for one in raw["standing"]}, int(raw["most_megabytes"]),
        frozenset(raw["runs"]),
    )  # fmt: skip


def most_megabytes(area: Area) -> int:
    """How large a file of this area may be."""
    settings = area.settings.get("casework") or {}
    return int(settings.get("attachment_megabytes") or types().most_megabytes)


def checked(name: str, content: bytes, area: Area) -> Type:
    """The kind of file that this is, if it may be kept under that name. Raises FileRefused."""
    most = most_megabytes(area)
    if not content:
        raise FileRefused(N_("This file is empty."))
    if len(content) > most * MEGABYTE:
        raise FileRefused(
            Sentence(N_("This file is too large: at most %(most)s megabytes."), {"most": str(most)})
        )
    found = found_type(content)
    if found in types().refused:
        raise FileRefused(types().refused[found])
    kind = types().types.get(found)
    if kind is None:
        known = ", ".join(sorted({one for kind in types().types.values() for one in kind.extensions}))
        raise FileRefused(
            Sentence(N_("Files of this kind are not kept. Those that are: %(known)s."), {"known": known})
        )
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending not in kind.extensions:
        values = {"name": ending or "-", "found": kind.title}
        raise FileRefused(
            Sentence(N_("The name ends with “%(name)s”, but the content is: %(found)s."), values),
            remedy=N_("Give it the name that fits, if it is what you meant to keep."),
        )
    return kind


def found_type(content: bytes) -> str:
    """What a content is, by a code of types.yaml; "" where nobody knows."""
    head = content[:_HEAD]
    if head.startswith(_ZIP):
        return _of_archive(content)
    if head.startswith(_OLE):
        return "old_office"
    if head.startswith((b"MZ", b"\x7fELF", b"#!")):
        return "program"
    if markup := _markup(head):
        return markup
    return _by_signs(head) or ("text" if _is_text(content) else "")


def _by_signs(head: bytes) -> str:
    """By the signs that a content begins with: the surest that is known here."""
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return ""
    known = [one for one in matches if one.extension in _FOUND]
    return _FOUND[max(known, key=lambda one: one.confidence).extension] if known else ""


def _markup(head: bytes) -> str:
    """A web page or a drawing in words, however it begins."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not text.startswith(b"<"):
        return ""
    if b"<svg" in text:
        return "svg"
    return "html" if any(sign in text for sign in _MARKUP) else ""


def _of_archive(content: bytes) -> str:
    """A document of Office by what is in it; any other archive is one. One with macros is told by their part, or by what it says of its own contents."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [one.filename for one in archive.infolist()]
            contents = _contents(archive)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):
        return "archive"
    if not contents:
        return "archive"
    if any(_holds_program(name.lower()) for name in names) or b"macroenabled" in contents.lower():
        return "macro"
    kinds = {code for name in names for start, code in _OFFICE.items() if name.startswith(start)}
    return kinds.pop() if len(kinds) == 1 else "archive"


def _holds_program(name: str) -> bool:
    """A part with macros, a control, something put in whole, or what runs by itself; settings of a printer are none."""
    if name.rpartition(".")[2] in types().runs:
        return True
    return "vbaproject" in name or "/activex/" in name or ("/embeddings/" in name and name.endswith(".bin"))


def _contents(archive: zipfile.ZipFile) -> bytes:
    """What an Office document says of its own contents; b"" where it says nothing. No more is read than such a list is long."""
    if "[Content_Types].xml" not in archive.namelist():
        return b""
    with archive.open("[Content_Types].xml") as part:
        return part.read(MEGABYTE)


def _is_text(content: bytes) -> bool:
    """UTF-8 without a zero byte, and no page in it that a browser could run."""
    if b"\0" in content or any(sign in content.lower() for sign in (b"<script", b"<html", b"<svg")):
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True

"""What is a file by its content, whatever it is called, and which may be kept?"""

from __future__ import annotations

import io
import zipfile

import pytest

from engage.casework.files.rules import FileRefused, checked, found_type, types


def archive(**parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, content in parts.items():
            # Of no day: workers that run these tests must draw the very same.
            file.writestr(zipfile.ZipInfo(name.replace("__", "/").replace("_dot_", ".")), content)
    return made.getvalue()


TYPES = "<Types><Override ContentType='application/vnd.openxmlformats'/></Types>"
LIST = "[Content_Types].xml"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(30)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(30)
DOCX = archive(**{LIST: TYPES, "word__document_dot_xml": "<x/>"})
MACRO = archive(**{LIST: TYPES, "word__document_dot_xml": "<x/>", "word__vbaProject_dot_bin": "x"})


def NAMED(one):  # noqa: N802  what a test is called by: its words, and no content
    return one if isinstance(one, str) else "content"


SAID_MACRO = archive(**{LIST: "ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'", "word__document_dot_xml": "x"})  # fmt: skip


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (PDF, "pdf"),
        (PNG, "png"),
        (JPEG, "jpeg"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "webp"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "wav"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "mp4"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heif"),
        (b"ID3\x03\0\0\0\0\0\0", "mp3"),
        (DOCX, "docx"),
        (archive(**{LIST: TYPES, "xl__workbook_dot_xml": "x"}), "xlsx"),
        ("Sie heißt Zoë.\n".encode(), "text"),
        (b"a,b\n1,2\n", "text"),
        (MACRO, "macro"),
        (SAID_MACRO, "macro"),
        (archive(**{LIST: TYPES, "word__embeddings__oleObject1_dot_bin": "x"}), "macro"),
        (archive(**{LIST: TYPES, "word__document_dot_xml": "<x/>", "word__evil_dot_EXE": "MZ"}), "macro"),
        (
            archive(**{LIST: TYPES, "word__document_dot_xml": "<x/>", "word__embeddings__a_dot_xlsm": "x"}),
            "macro",
        ),
        (
            archive(**{LIST: TYPES, "word__document_dot_xml": "<x/>", "word__embeddings__a_dot_xlsx": "x"}),
            "docx",
        ),
        (archive(**{LIST: TYPES, "xl__printerSettings__one_dot_bin": "x"}), "xlsx"),
        (archive(a_dot_txt="x"), "archive"),
        (archive(**{LIST: TYPES, "word__a": "x", "xl__b": "x"}), "archive"),
        (b"PK\x03\x04 torn", "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_office"),
        (b"MZ\x90\0" + bytes(100), "program"),
        (b"#!/bin/sh\nrm", "program"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b"\xef\xbb\xbf \n<?xml version='1.0'?><svg onload='x'/>", "svg"),
        (b"<!DOCTYPE html><p>", "html"),
        (b"  <HTML><body>", "html"),
        (b"hello <script>alert(1)</script>", ""),
        (b"caf\xe9", ""),
        (b"a\0b", ""),
    ],
    ids=NAMED,
)
def test_a_file_is_what_its_content_is(content, found):
    assert found_type(content) == found


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"", "empty"),
        ("a.svg", b"<svg/>", "SVG"),
        ("a.html", b"<html>", "web page"),
        ("photo.jpg", b"<html>", "web page"),
        ("plan.docx", MACRO, "macros"),
        ("plan.docm", SAID_MACRO, "macros"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office"),
        ("a.zip", archive(a_dot_txt="x"), "archive"),
        ("a.exe", b"MZ" + bytes(99), "program"),
        ("a.bin", b"a\0b", "not kept"),
        ("photo.jpg", PNG, "the content is: Picture (PNG)"),
        ("photo", PNG, "ends with “-”"),
        ("notes.html", b"only words", "Plain text"),
    ],
    ids=NAMED,
)
def test_what_is_refused_is_refused_in_words(area, name, content, said):
    with pytest.raises(FileRefused) as refused:
        checked(name, content, area)
    assert said in str(refused.value)


def test_every_kind_is_kept_under_its_own_ending(area):
    for name, content in (("A.PDF", PDF), ("a.png", PNG), ("a.jpeg", JPEG), ("a.docx", DOCX), ("a.csv", b"a,b")):  # fmt: skip
        assert checked(name, content, area).code
    assert set(types().refused) == {"svg", "html", "macro", "old_office", "archive", "program"}


def test_a_file_may_be_as_large_as_the_area_says_and_no_larger(area):
    area.settings["casework"] = {"attachment_megabytes": 1}
    assert checked("a.txt", b"x" * 1024 * 1024, area).code == "text"
    with pytest.raises(FileRefused, match="at most 1 megabytes"):
        checked("a.txt", b"x" * (1024 * 1024 + 1), area)

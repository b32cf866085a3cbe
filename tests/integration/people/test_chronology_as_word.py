"""The chronology as a Word document: what everybody needs to read it is there, and what a viewer may not see is nowhere in the file."""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import docx
import pytest
from django.test import Client
from docx.oxml.ns import qn
from typer.testing import CliRunner

from engage.cli import main
from engage.governance.models import AuditEvent
from engage.picture import queries
from engage.picture.readings.rules import Reading, SaidWrong
from engage.picture.rules import Filters
from engage.vocabulary.access import Viewing
from engage.web.documents.word import Paper, Part
from engage.web.people.document import Made, chronology_as_word
from engage.web.people.presenters import Reader
from tests.conftest import NOW
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
SignIn = Callable[..., Client]
GUARDED_BY_POLICE = ("text-of-e3", "title-of-e3", "ntelligence", "Grade 1AC")
GUARDED_BY_NURSE = ("text-of-e4", "title-of-e4", "ttendance")


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def all_of(content: bytes) -> str:
    """Everything that stands in any part of the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert parts.testzip() is None
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def taken(browser: Client, query: str = "") -> bytes:
    answer = browser.get(f"/people/ANA/chronology.docx{query}")
    assert answer.status_code == 200
    return answer.content


def headings(file: Any) -> list[tuple[int, str]]:
    return [
        (int(line.style.name[-1]), line.text)
        for line in file.paragraphs
        if line.style.name.startswith("Heading")
    ]


def rows_of(file: Any) -> list[list[str]]:
    """The rows of the chronology, in the order of the file."""
    tables = [table for table in file.tables if table.rows[0].cells[0].text == "When"]
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows[1:]]


def test_a_reader_with_a_screen_reader_gets_language_title_headings_and_heads_of_tables(
    ana: World, sign_in: SignIn
) -> None:
    file = opened(taken(sign_in()))

    assert file.core_properties.title == "Chronology of Ana Petal, person ANA"
    assert (file.core_properties.language, file.core_properties.author) == ("en-GB", "Mara Quill")
    spoken = file.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert spoken.get(qn("w:val")) == "en-GB"
    levels = [level for level, _ in headings(file)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert len(file.tables) >= 4
    for table in file.tables:
        first = table.rows[0]._tr.trPr
        assert first.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert not [row for row in table.rows[1:] if row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None]  # fmt: skip
        assert not table._tbl.findall(f".//{qn('w:vMerge')}") + table._tbl.findall(f".//{qn('w:gridSpan')}")


def test_every_page_is_numbered_and_says_what_it_is_of(ana: World, sign_in: SignIn) -> None:
    section = opened(taken(sign_in())).sections[0]
    footer = section.footer._element

    counted = [field.get(qn("w:instr")) for field in footer.iter(qn("w:fldSimple"))]
    assert counted == ["PAGE", "NUMPAGES"]
    assert section.header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    assert "Confidential. Chronology of person ANA, made by Mara Quill on 7 April 2026, 08:40." in "".join(
        text.text or "" for text in footer.iter(qn("w:t"))
    )


def test_nothing_is_told_by_colour_and_all_words_stand_in_the_order_in_which_they_are_read(
    ana: World, sign_in: SignIn
) -> None:
    content = all_of(taken(sign_in()))
    body = content[content.index("<w:body>") : content.index("</w:body>")]

    for told_otherwise in ("<w:color", "<w:shd", "<w:highlight", "<w:drawing", "<w:pict", "<w:txbxContent"):
        assert told_otherwise not in body


def test_it_says_about_whom_by_whom_when_why_as_of_which_day_and_how_to_treat_it(
    ana: World, sign_in: SignIn
) -> None:
    file = opened(taken(sign_in()))

    about = {row.cells[0].text: row.cells[1].text for row in file.tables[0].rows}
    assert about["About whom"].startswith("Ana Petal, ANA. Born 1 March 2010")
    assert about["Made by"] == "Mara Quill (Social worker, Nowhere Children's Services)"
    assert about["Made on"] == "7 April 2026, 08:40"
    assert about["For what purpose"] == "To safeguard a child"
    assert about["What was chosen"] == "Everything that whoever made it may see for that purpose."
    assert about["How many entries"] == "4"
    assert about["As known on"]
    titles = [text for _, text in headings(file)]
    assert titles.index("How to treat this document") < titles.index("Chronology")
    bullets = [line.text for line in file.paragraphs if line.style.name == "List Bullet"]
    assert "P (3x5x2): the police permit lawful sharing with partners." in bullets
    assert not any(text.startswith("C (3x5x2)") for text in bullets)


def test_entries_stand_by_date_with_agency_reference_grade_and_handling_and_words_as_delivered(
    ana: World, sign_in: SignIn
) -> None:
    file = opened(taken(sign_in()))

    rows = rows_of(file)
    assert [row[0] for row in rows] == [
        "Some time in May 2025",
        "2 January 2026",
        "1 February 2026",
        "Date not known",
    ]
    theft = rows[2]
    assert theft[1] == "Nowhere Police"
    assert theft[2].split("\n")[0] == "=Theft()"
    assert "Words as delivered:\n“@text-of-e2”" in theft[2]
    assert "Source: events e2, row" in theft[3]
    assert {"Grade 2BP", "Handling P"} <= set(theft[3].split("\n"))
    assert "“<b>late</b>”" in rows[3][2]
    years = [text for level, text in headings(file) if level == 3 and "entr" in text and ":" in text]
    assert years == ["2025: 1 entry", "2026: 2 entries", "Date not known: 1 entry"]


@pytest.mark.parametrize(
    ("role", "agency", "nowhere", "somewhere"),
    [
        ("social_worker", "childrens_services", GUARDED_BY_POLICE + GUARDED_BY_NURSE, ("text-of-e2",)),
        ("parent_liaison", "charity", GUARDED_BY_POLICE + GUARDED_BY_NURSE, ("text-of-e2",)),
        ("nurse", "health", GUARDED_BY_POLICE, GUARDED_BY_NURSE),
        ("detective", "police", GUARDED_BY_NURSE, GUARDED_BY_POLICE),
    ],
)
def test_what_a_viewer_may_not_see_leaves_no_trace_in_any_part_of_the_file(
    ana: World, sign_in: SignIn, role: str, agency: str, nowhere: tuple[str, ...], somewhere: tuple[str, ...]
) -> None:
    content = all_of(taken(sign_in(role, agency)))

    assert [trace for trace in nowhere if trace in content] == []
    assert [trace for trace in somewhere if trace not in content] == []


def test_filters_cut_it_and_are_said(ana: World, sign_in: SignIn) -> None:
    file = opened(taken(sign_in(), "?agency=police&from_on=2026-01-01&as_of=2026-03-01"))

    assert [row[2].split("\n")[0] for row in rows_of(file)] == ["=Theft()"]
    about = {row.cells[0].text: row.cells[1].text for row in file.tables[0].rows}
    assert about["What was chosen"] == "Only a part: agencies: Nowhere Police; from 1 January 2026."
    assert about["As known on"] == "1 March 2026"
    assert "text-of-e1" not in all_of(taken(sign_in(username="other"), "?agency=police"))


def test_taking_it_is_audited_as_an_export(ana: World, sign_in: SignIn) -> None:
    taken(sign_in())

    written = AuditEvent.objects.order_by("id").values_list(
        "actor", "action", "subject", "decision", "purpose"
    )
    assert list(written) == [
        ("mara", action, "ANA", "allow", "safeguarding_child")
        for action in ("person.view", "chronology.export")
    ]


def test_nobody_is_told_whether_there_is_such_a_person(ana: World, sign_in: SignIn) -> None:
    browser = sign_in("information_governance", "childrens_services")

    answers = [browser.get(f"/people/{person}/chronology.docx") for person in ("ANA", "NONE")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert AuditEvent.objects.filter(action="chronology.export").count() == 0


@pytest.mark.parametrize("page", ["", "chronology/?agency=police"])
def test_a_button_on_the_persons_page_leads_to_it_with_the_same_filters(
    ana: World, sign_in: SignIn, page: str
) -> None:
    shown = sign_in().get(f"/people/ANA/{page}").content.decode()

    assert f'href="/people/ANA/chronology.docx{page[11:]}"' in shown


def made_of(ana: World, look: Viewing, **changed: Any) -> list[list[str]]:
    """The chronology's rows, of one crime of Ana's that is changed so."""
    page, entries = queries.chronology(
        viewing=look,
        build=ana.warehouse.current(),
        area=ana.area,
        person_id="ANA",
        filters=Filters(kinds=frozenset({"crime"})),
    )
    reader = Reader(titles={}, as_of=look.as_of)
    one = replace(entries[0], **changed)
    return rows_of(opened(chronology_as_word(page, [one], reader, Made(look, "Nowhere", "b1"))))


def test_what_software_read_is_marked_as_weaker_than_a_record(
    ana: World, viewing: Callable[..., Viewing]
) -> None:
    read = Reading("gifts", "negated", False, 1, 5, "text", "SERAF", "a-text")

    (row,) = made_of(ana, viewing("detective", "police"), told=(read,))

    record, software = row[2].split(
        "\nRead by software in these words; weaker than a record, and may be misread:\n"
    )
    assert record.endswith("“@text-of-e2”")
    assert software == "Unexplained gifts, said not to be so: “text” (SERAF)"


def test_what_somebody_said_is_misread_says_so_once(ana: World, viewing: Callable[..., Viewing]) -> None:
    said = SaidWrong("ellery", NOW)
    read = Reading("gifts", "negated", False, 1, 5, "text", "SERAF", "a-text", said)

    (row,) = made_of(ana, viewing("detective", "police"), told=(read,))

    assert row[2].endswith(
        "Unexplained gifts, said not to be so: “text” (SERAF). Said to be wrong by ellery on 7 April 2026."
    )


def test_a_text_that_the_viewer_may_not_read_is_said_to_be_withheld(
    ana: World, viewing: Callable[..., Viewing]
) -> None:
    (row,) = made_of(ana, viewing("detective", "police"), narrative=None, narrative_withheld=True)

    assert "Withheld: There is a text that your role may not read." in row[2].split("\n")
    assert "Words as delivered:" not in row[2]


def test_what_rests_on_a_join_that_nobody_judged_says_so(ana: World, viewing: Callable[..., Viewing]) -> None:
    (row,) = made_of(ana, viewing("detective", "police"), is_unjudged=True)

    assert "By a join that nobody has judged." in row[3]


def test_signs_that_no_file_may_hold_are_shown_as_such() -> None:
    paper = Paper("A\x00b", author="C\x0bd", at=NOW, language="en-GB")
    paper.table("what \x01", ["head"], [[[Part("one\x02two\ud800")]]], [5.0])

    file = opened(paper.as_bytes())
    assert file.paragraphs[0].text == "A\ufffdb"
    assert file.tables[0].rows[1].cells[0].text == "one\ufffdtwo\ufffd"


def test_the_command_writes_the_same_document_and_refuses_another_name(
    ana: World, sign_in: SignIn, tmp_path: Any
) -> None:
    page = rows_of(opened(taken(sign_in())))
    if not main.app.registered_groups:
        main.register()
    asked = ["export", "chronology", str(ana.area.folder), "--person", "ANA", "--as", "mara", "--out"]

    written = CliRunner().invoke(main.app, [*asked, str(tmp_path / "ana.docx")])
    refused = CliRunner().invoke(main.app, [*asked, str(tmp_path / "ana.pdf")])

    assert written.exit_code == 0, written.output
    assert rows_of(opened((tmp_path / "ana.docx").read_bytes())) == page
    assert "is not called a Word document" in str(refused.exception)
    assert not (tmp_path / "ana.pdf").exists()
    assert AuditEvent.objects.filter(action="chronology.export", actor="mara").count() == 2

"""Files of cases and standing documents: kept so that nothing is lost, guarded as they are said to be, and given out so that no browser runs them."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection

from engage.casework.cases.rules import CaseNotShown
from engage.casework.files import actions, keeping, queries
from engage.casework.files.actions import FileRefused, NewFile
from engage.casework.files.models import KeptFile
from engage.casework.files.queries import FileNotShown
from engage.governance.models import AuditEvent
from engage.governance.queries import MayNotDo
from tests.integration.agreed.test_pages import text


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOTE = b"She was at the kiosk at nine."


def keep(office, by, case, content=NOTE, name="note.txt", **more):
    new = NewFile(name, content, "text/plain", "What was seen", **more)
    return actions.keep(viewing=office.at(by), build=office.build, area=office.area, case=case, new=new)


def names(office, who, case):
    return [one.name for one in queries.files(viewing=office.at(who), build=office.build, case=case)]


def take(office, who, number):
    return queries.take(viewing=office.at(who), build=office.build, area=office.area, number=number)


def test_a_file_is_kept_once_by_its_content_and_given_out_to_who_takes_part(office):
    case = office.case()
    office.agree("mara", "x", case=case, to="idris")
    first, second = keep(office, "mara", case), keep(office, "idris", case, name="same.txt")
    assert names(office, "idris", case) == ["same.txt", "note.txt"]
    assert take(office, "idris", first).content == take(office, "mara", second).content == NOTE
    folder = keeping.folder_of(office.area)
    assert [path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()] == [0o600]
    row = KeptFile.objects.get(pk=first)
    assert (row.found_type, row.said_type, row.size) == ("text", "text/plain", len(NOTE))
    told = AuditEvent.objects.filter(action="file.taken", actor="idris").get()
    assert (told.subject, told.decision) == (f"file {first},case {case}", "allow")


def test_others_get_the_same_answer_as_for_none(office):
    number = keep(office, "mara", office.case())
    said = set()
    for who, asked in (("cass", number), ("cass", 999), ("gov", number)):
        with pytest.raises(FileNotShown) as error:
            take(office, who, asked)
        said.add(str(error.value))
        assert AuditEvent.objects.latest("id").decision == "nothing"
    assert len(said) == 1
    with pytest.raises(CaseNotShown):
        names(office, "cass", 1)
    with pytest.raises(MayNotDo):
        keep(office, "bea", 1)


def test_a_guarded_file_stays_with_its_agency_and_one_of_an_entry_is_as_guarded_as_that(office):
    case = office.case()
    office.agree("mara", "x", case=case, to="idris")
    guarded = keep(office, "idris", case, sensitivity="restricted")
    assert names(office, "mara", case) == []
    with pytest.raises(FileNotShown):
        take(office, "mara", guarded)
    entry = office.write(case, "mara", "note", title="x", text="y")
    plain = keep(office, "mara", case, entry=entry)
    assert KeptFile.objects.get(pk=plain).sensitivity == "standard"
    with pytest.raises(FileRefused, match="no such entry"):
        keep(office, "mara", case, entry=entry + 1)
    # Nobody keeps what they could not have again.
    with pytest.raises(FileRefused, match="could not read this again"):
        keep(office, "mara", case, sensitivity="health-specialist")


def test_who_declared_a_relationship_has_no_file_of_the_child(office):
    case = office.case()
    number = keep(office, "mara", case)
    papers = stand(office, "mara")
    office.declare("bo")
    for one in (number, papers):
        with pytest.raises(FileNotShown):
            take(office, "bo", one)


def stand(office, by, standing="philomena", person="ANA"):
    new = NewFile("profile.txt", b"Her aunt lives at the mill.", "", "For when she is missing")
    return actions.keep_standing(
        viewing=office.at(by), build=office.build, area=office.area, person_id=person, standing=standing, new=new
    )  # fmt: skip


def test_a_standing_document_stands_beside_the_child_without_a_case(office, desk):
    number = stand(office, "mara")
    found = queries.standing(viewing=office.at("idris"), build=office.build, person_id="ANA")
    assert [(one.number, one.standing, one.case) for one in found] == [(number, "philomena", None)]
    assert take(office, "idris", number).content == b"Her aunt lives at the mill."
    with pytest.raises(FileNotShown):
        take(office, "gov", number)
    with pytest.raises(FileRefused, match="no standing document of this kind"):
        stand(office, "mara", standing="diary")
    page = text(desk("idris").get("/people/ANA/documents/"))
    assert "Profile for when the child is missing" in page


def test_what_was_kept_by_mistake_is_taken_back_and_stays_in_the_record(office):
    case = office.case()
    office.agree("mara", "x", case=case, to="idris")
    number = keep(office, "mara", case)
    back = lambda who, why="Another child's": actions.take_back(viewing=office.at(who), build=office.build, number=number, reason=why)  # noqa: E731  # fmt: skip
    with pytest.raises(FileRefused, match="Only whoever kept"):
        back("idris")
    with pytest.raises(FileRefused, match="Say why"):
        back("mara", " ")
    back("bo")
    told = AuditEvent.objects.filter(action__in=["file.kept", "file.taken_back"])
    assert {one.subject for one in told} == {f"file {number},case {case},ANA"}
    assert names(office, "mara", case) == []
    with pytest.raises(FileNotShown):
        take(office, "mara", number)
    with pytest.raises(FileNotShown):
        back("mara")
    assert KeptFile.objects.count() == 1
    for table in ("files_keptfile", "files_fileword"):
        with pytest.raises(DatabaseError, match="is kept"), connection.cursor() as cursor:
            cursor.execute(f"delete from {table}")


def test_a_file_is_sent_as_a_file_that_runs_nothing(office, desk):
    case, mara = office.case(), desk("mara")
    sent = {"file": SimpleUploadedFile("../plan <b>.txt", NOTE, "text/html"), "about": "What was seen", "sensitivity": "standard"}  # fmt: skip
    text(mara.post(f"/cases/{case}/files/", sent, follow=True))
    row = KeptFile.objects.get()
    assert (row.name, row.said_type) == ("plan b.txt", "text/html")
    answer = mara.get(f"/files/{row.seq}/")
    assert answer.content == NOTE
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert desk("cass").get(f"/files/{row.seq}/").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.svg", b"<svg onload='alert(1)'/>", "can hold a program"),
        ("photo.png", b"<html><script>1</script>", "A web page can hold a program"),
        ("a.txt", b"", "empty"),
    ],
)
def test_what_is_refused_says_why_and_leaves_nothing_behind(office, desk, name, content, said):
    case = office.case()
    sent = {"file": SimpleUploadedFile(name, content, "image/png"), "about": "x"}
    assert said in text(desk("mara").post(f"/cases/{case}/files/", sent))
    assert not KeptFile.objects.exists()
    assert not keeping.folder_of(office.area).exists()


def test_what_was_torn_is_given_to_nobody_and_mended_by_who_keeps_it_again(office):
    case = office.case()
    number = keep(office, "mara", case)
    place = keeping.path_of(office.area, KeptFile.objects.get().sha256)
    place.write_bytes(NOTE[:5])
    with pytest.raises(FileNotShown):
        take(office, "mara", number)
    keep(office, "mara", case)
    assert take(office, "mara", number).content == NOTE


WRITER = """
import sys
from pathlib import Path
from engage.casework.files import keeping
class Area: folder = Path(sys.argv[1])
for number in range(100000):
    print(keeping.put(Area, f"{number} ".encode() * 20000), flush=True)
"""


@pytest.mark.faults
def test_a_kill_at_any_moment_leaves_whole_files_alone(tmp_path):
    (tmp_path / "attachments").mkdir()

    class Area:
        folder = tmp_path

    for wait in (0.05, 0.11, 0.17, 0.23, 0.31):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True, env={**os.environ})  # fmt: skip
        first = writer.stdout.readline().strip()
        time.sleep(wait)
        writer.kill()
        told = [first, *writer.stdout.read().split("\n")]
        writer.wait()
        writer.stdout.close()
        # The last line may be cut: what was told in full is there in full.
        whole = [one for one in told if len(one) == 64]
        assert whole
        assert all(keeping.take(Area, digest) is not None for digest in whole)
    lying = [path for path in (tmp_path / "attachments").rglob("*") if path.is_file() and not path.name.startswith(".part")]  # fmt: skip
    assert all(keeping.take(Area, path.name) is not None for path in lying)

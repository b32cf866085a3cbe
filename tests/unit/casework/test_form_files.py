"""What may stand in a form's file, and which of several files holds?"""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from engage.casework.forms.checking import faults_together, silent
from engage.casework.forms.reading import FormsWrong, FormUnknown, form_of, load
from engage.governance import table
from engage.store.area import open_area
from engage.web.cases.words import REFERRALS


FORM = {
    "code": "check",
    "title": "Check",
    "means": "A check.",
    "source": "Ours",
    "version": "1",
    "effective": date(2026, 4, 1),
    "of": ["child"],
    "questions": [
        {"code": "seen", "label": "Seen?", "kind": "yes_no"},
        {"code": "on", "label": "When?", "kind": "day", "shown_when": {"seen": "yes"}},
    ],
}


@pytest.fixture
def write(tmp_path):
    def written(name="check.yaml", **changed):
        folder = tmp_path / "forms"
        folder.mkdir(exist_ok=True)
        form = {key: value for key, value in {**FORM, **changed}.items() if value is not None}
        (folder / name).write_text(yaml.safe_dump(form, sort_keys=False), encoding="utf-8")
        return folder

    return written


def _questions(*more, **changed):
    return {"questions": [{**FORM["questions"][0], **changed}, *more]}


WHEN = {"code": "when", "label": "When?", "kind": "day"}
WRONG = [
    ({"title": None}, "title", "must say it"),
    ({"colour": "red"}, "colour", "Take it out"),
    ({"effective": "soon"}, "soon", "2026-04-01"),
    ({"of": ["family"]}, "family", "person_of_concern"),
    ({"who": ["wizard"]}, "wizard", "social_worker"),
    (_questions(kind="colour"), "colour", "long_text"),
    (_questions(label=""), "seen", "a label"),
    (_questions(points=3), "points", "Take it out"),
    (_questions(FORM["questions"][0]), "seen", "same code"),
    (_questions(code="version"), "version", "another code"),
    (_questions(code="was seen?"), "was seen?", "another code"),
    (_questions(kind="choice"), "seen", "to choose from"),
    (_questions(choices=[{"code": "a", "title": "A"}]), "seen", "Only a choice"),
    (_questions(kind="choice", choices=[{"code": "a", "title": "A"}] * 2), "seen: a", "same code"),
    (_questions(kind="choice", choices=[{"code": True, "title": "A"}]), "seen: True", "quotation marks"),
    (_questions({**WHEN, "shown_when": {"seen": True}}), "when: True", "quotation marks"),
    (_questions({**WHEN, "shown_when": {"seen": "perhaps"}}), "when: perhaps", "not_known"),
    (_questions({**WHEN, "shown_when": {"saw": "yes"}}), "when: saw", "stands before"),
    # A question hangs on one before it, never on one that follows.
    (_questions(shown_when={"when": "yes"}), "seen: when", "stands before"),
    (_questions(WHEN, {"code": "who", "label": "Who?", "kind": "text", "needed_when": {"when": "yes"}}), "who: when", "answers to choose from"),
    (_questions(ahead=True), "seen: yes_no", "a day or a moment"),
    (_questions({**WHEN, "ahead": {"saw": "yes"}}), "when: saw", "stands before"),
    (_questions({**WHEN, "ahead": {"seen": "perhaps"}}), "when: perhaps", "not_known"),
    (_questions({**WHEN, "not_before": "seen"}), "when: seen", "a day or a moment"),
    (_questions(never={"perhaps": "Why not"}), "seen: perhaps", "not_known"),
    ({"tells": [{"event": "child.seen", "at": "seen"}]}, "child.seen: seen", "a day or a moment"),
    ({"tells": [{"event": "child.seen", "at": "later"}]}, "child.seen: later", "a day or a moment"),
    ({"tells": [{"event": "child.seen", "when": {"seen": "maybe"}}]}, "child.seen: maybe", "not_known"),
    # Its event stands among the records: a referrer would read there what is kept from them here.
    ({**_questions(not_for=["referrer"]), "code": "return_interview"}, "seen: not_for", "Leave this out"),
    ({"bands": [{"from": 5, "title": "B"}, {"from": 0, "title": "A"}]}, "bands", "fewest points"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "named", "remedy"), WRONG)
def test_what_is_wrong_is_named_with_its_remedy(write, changed, named, remedy):
    with pytest.raises(FormsWrong) as error:
        load(write(**changed))
    assert f"“{named}”" in str(error.value.sentence) or named in str(error.value.sentence)
    assert "check.yaml" in str(error.value.sentence)
    assert remedy in str(error.value.remedy)


def test_a_form_may_be_as_it_stands_here(write):
    form = load(write())["check"]
    assert form.is_local
    assert form.questions[1].shown_when.holds({"seen": "yes"})


def test_an_areas_form_is_used_from_its_day_on_and_before_the_products(write):
    folder = write("visit.yaml", code="visit", version="7")
    assert load(folder)["visit"].version == "7"
    assert load(folder, on=date(2026, 3, 31))["visit"].version == "2"
    assert load(folder, on=date(2026, 4, 1))["visit"].version == "7"
    assert "check" not in load(write(), on=date(2026, 3, 31))


def test_of_two_of_an_areas_files_the_later_holds_and_an_entry_finds_the_one_it_was_written_with(write, tmp_path):  # fmt: skip
    (tmp_path / "area.yaml").write_text("code: zz\nname: Nowhere\nagencies: {}\n", encoding="utf-8")
    write("b.yaml", version="1", title="First")
    write("a.yaml", version="2", title="Second", effective=date(2026, 9, 1))
    area = open_area(tmp_path)
    assert form_of(area, "check").title == "Second"
    assert form_of(area, "check", on=date(2026, 5, 1)).title == "First"
    assert form_of(area, "check", version="1").title == "First"
    assert form_of(area, "check", version="0").title == "Second"
    with pytest.raises(FormUnknown):
        form_of(area, "nothing")


def test_two_files_cannot_hold_one_version(write):
    write("a.yaml")
    with pytest.raises(FormsWrong, match="version: 1"):
        load(write("b.yaml"))


def test_an_areas_form_must_do_for_the_moves_that_name_it(write):
    wrong = dict(faults_together(load(write("allocation.yaml", code="allocation", who=["nurse"]))))
    assert "child: allocate: allocation" in wrong
    assert "place: take_on: allocation" in wrong
    assert "allocation: worker" in wrong


def test_it_is_said_which_events_an_areas_form_tells_no_longer(write):
    own = load(write("visit.yaml", code="visit"))["visit"]
    assert silent(own, load()["visit"]) == ["child.seen", "child.seen_alone"]


def test_whoever_a_form_names_may_write_in_cases_or_refer():
    roles = table.codes("roles")
    for form in load().values():
        door = "refer" if form.code in REFERRALS.values() else "write_case"
        assert [role for role in form.who if door not in roles[role]["may"]] == [], form.code

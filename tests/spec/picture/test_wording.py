"""Which wordings are noticed, and which are not: by the same expressions in Python, where staff type, and in DuckDB, where texts are counted."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from engage.picture.wording.noticing import noticed
from engage.picture.wording.patterns import expression
from engage.picture.wording.vocabulary import WordingWrong, load


KNOWN = load()
NOTICED = """
theme    | words                              | text
choice   | promiscuous                        | She is described as promiscuous.
choice   | a lifestyle choice                 | It was seen as a lifestyle choice.
choice   | Life-style choices                 | Life-style choices were discussed.
choice   | consented to sex                   | He consented to sex.
choice   | making poor choices                | Kay keeps making poor choices.
choice   | been sexually active               | She has been sexually active since she was 13.
choice   | brought it on herself              | Neighbours say she brought it on herself.
risk     | putting herself at risk            | Ana keeps putting herself at risk.
risk     | put themselves at significant risk | They put themselves at significant risk.
risk     | placing himself at risk            | He is placing himself at risk.
risk     | risk-taking behaviour              | There is risk-taking behaviour.
risk     | risk taking                        | This is risk taking.
risk     | isn't protecting herself           | She isn't protecting herself.
risk     | failed to protect herself          | It is said that she failed to protect herself.
risk     | makes herself vulnerable           | She makes herself vulnerable.
trade    | child prostitutes                  | Three child prostitutes were named.
trade    | involved in prostitution           | Bo is involved in prostitution.
trade    | selling sex                        | He was selling sex.
trade    | sexual favours                     | There was talk of sexual favours.
trade    | child pornography                  | The phone held child pornography.
trade    | drug runner                        | Bo is a drug runner.
trade    | lines runner                       | Bo is a county lines runner.
partner  | her older boyfriend                | Seen with her older boyfriend.
partner  | in a sexual relationship with      | She is in a sexual relationship with a man of 30.
partner  | befriending older                  | She is befriending older men.
sex      | Sexual activity with               | Sexual activity with a man of 40.
sex      | had sex with                       | He had sex with her.
sex      | dressed provocatively              | She was dressed provocatively.
engaging | refuses to engage                  | Kay refuses to engage.
engaging | doesn't engage with                | Kay doesn't engage with us.
engaging | non-engagement                     | Closed because of non-engagement.
engaging | hard to reach                      | A family that is hard to reach.
engaging | uncooperative                      | He was uncooperative.
engaging | did not attend                     | She did not attend.
missing  | absconded                          | Bo absconded from placement.
missing  | beyond parental control            | She is beyond parental control.
missing  | her old ways                       | Kay is back to her old ways.
older    | street-wise                        | He is street-wise.
older    | mature for her age                 | She is mature for her age.
older    | knows what he is doing             | Bo knows what he is doing.
belief   | attention-seeking                  | This is attention-seeking.
belief   | manipulative                       | Kay is manipulative.
belief   | unreliable witness                 | An unreliable witness.
belief   | changed her story                  | She changed her story.
belief   | claims she was                     | Kay claims she was hit.
belief   | crying wolf                        | Staff think that he is crying wolf.
"""
NOT_NOTICED = """
A man she met online is putting her at risk.
She told us that a man of about thirty exploits her.
The placement is a choice of the court.
Bo was not brought to his appointment.
The school protects children, and she herself asked for help.
Her sister has a boyfriend at college.
He engages well with his mentor.
She was reported missing at 21:10 and found at 23:40.
The risk is high. Herself and her brother live with their aunt.
DNA was taken from the car.
Kay changed her mind about lunch.
Lifestyle. Choice of school is the parents'.
"""


def drawn() -> list[tuple[str, str, str]]:
    lines = [line.split("|") for line in NOTICED.strip().splitlines()[1:]]
    return [(theme.strip(), words.strip(), text.strip()) for theme, words, text in lines]


@pytest.mark.parametrize(("theme", "words", "text"), drawn())
def test_what_is_noticed_and_by_which_words(theme: str, words: str, text: str) -> None:
    found = [(one.wording.theme, one.words) for one in noticed(text, KNOWN)]
    assert [(t, w) for t, w in found if t == theme and (w == words or w.endswith(words))] != [], found


@pytest.mark.parametrize("text", NOT_NOTICED.strip().splitlines())
def test_what_is_not(text: str) -> None:
    assert noticed(text, KNOWN) == ()


def test_where_it_stands_counts_characters_of_the_text() -> None:
    text = "Kay\u2019s mother: “she doesn\u2019t engage”, and absconded.\nShe absconded again."

    found = noticed(text, KNOWN)

    assert [text[one.start : one.end] for one in found] == ["doesn\u2019t engage", "absconded"]


def test_each_is_said_once_and_in_the_order_of_the_text() -> None:
    words = [one.words for one in noticed("Absconded. Promiscuous. Promiscuous.", KNOWN)]
    assert words == ["Absconded", "Promiscuous"]


def test_python_and_the_store_find_the_same() -> None:
    texts = [text for _theme, _words, text in drawn()] + NOT_NOTICED.strip().splitlines()
    texts += [text.upper() for text in texts] + [text.replace(" ", "\u00a0") for text in texts]
    texts += [
        "",
        "\u017ftreetwise",
        "\u00e9absconded",
        "absconded\u2019s",
        "put\nherself\nat\nrisk",
        "Put herself.\nAt risk",
    ]
    store = duckdb.connect()
    for theme in KNOWN.themes:
        ours = [any(one.wording.theme == theme for one in noticed(text, KNOWN)) for text in texts]
        asked = [texts, KNOWN.expression_of(theme)]
        theirs = store.execute("select regexp_matches(unnest(?), ?)", asked).fetchall()
        assert ours == [row[0] for row in theirs], theme
        assert any(ours)


def test_there_are_forty_and_more_each_with_what_is_better_why_and_whose_guidance() -> None:
    assert len(KNOWN.wordings) >= 40
    assert {one.theme for one in KNOWN.wordings} == set(KNOWN.themes)
    for one in KNOWN.wordings:
        assert one.better.endswith((".", "”")), one.says
        assert one.why.endswith("."), one.says
        assert one.source[-1].isdigit(), one.says


@pytest.mark.parametrize(
    ("written", "text", "is_found"),
    [
        ("+walk off", "walked off", True),
        ("+walk off", "walk on", False),
        ("a [very] b", "a b", True),
        ("a [very] b", "a very b", True),
        ("a .. b", "a one two three four five b", True),
        ("a .. b", "a one two three four five six b", False),
        ("a .. b", "a one. b", False),
        ("does not|n't know", "doesn't know", True),
        ("does not|n't know", "does not know", True),
        ("does not|n't know", "does know", False),
        ("line[s] up", "lines up", True),
        ("one[-]two", "onetwo", True),
        ("one[-]two", "one-two", True),
        ("<self>", "herself", True),
        ("a.b", "axb", False),
        ("cat", "concatenate", False),
    ],
)  # fmt: skip
def test_how_a_wording_is_written_down(written: str, text: str, is_found: bool) -> None:
    found = duckdb.execute("select regexp_matches(?, ?)", [text, expression(written, {"self": ("herself",)})])
    assert found.fetchone() == (is_found,)


@pytest.mark.parametrize("filling", ["-", " -", "- ", "chose ", "a", "not ", "\u00a0-"])
def test_no_text_takes_long(filling: str) -> None:
    """The longest that a form takes; a second is a hundred times what it needs."""
    text = "She chose " + (filling * 20_000)[:20_000]
    before = time.process_time()

    noticed(text, KNOWN)

    assert time.process_time() - before < 1


def test_an_example_of_each_way_is_itself_noticed_by_it() -> None:
    for one in KNOWN.wordings:
        for said in one.examples:
            found = [other.wording for other in noticed(said.replace("\u2026", "so very"), KNOWN)]
            assert one in found, said


def test_an_area_adds_wordings_and_themes_of_its_own(tmp_path: Path) -> None:
    own = {"code": "risk", "wordings": [wording("frequent flyer")]}
    new = {"code": "place", "title": "A place told as a fault", "wordings": [wording("<self> chavvy")]}
    write(tmp_path, "risk.yaml", own)
    write(tmp_path, "place.yaml", new)

    known = load(tmp_path)

    assert [one.wording.theme for one in noticed("A frequent flyer, herself chavvy", known)] == [
        "risk",
        "place",
    ]
    assert noticed("A frequent flyer", KNOWN) == ()
    write(tmp_path, "risk.yaml", {"code": "risk", "wordings": [wording("regular customer")]})
    assert [one.words for one in noticed("A frequent flyer, a regular customer", load(tmp_path))] == [
        "regular customer"
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"code": "new", "wordings": []}, "code, title"),
        ({"code": "risk", "wordings": [{"says": ["x"], "better": "y", "why": "z"}]}, "source"),
        (
            {
                "code": "risk",
                "wordings": [{"says": ["<nolist> x"], "better": "y", "why": "z", "source": "A 1"}],
            },
            "nolist",
        ),
        (["risk"], "risk"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_what_is_wrong(
    tmp_path: Path, content: Any, said: str
) -> None:
    write(tmp_path, "own.yaml", content)

    with pytest.raises(WordingWrong) as refused:
        load(tmp_path)
    assert "own.yaml" in str(refused.value)
    assert said in str(refused.value)


def wording(words: str) -> dict[str, Any]:
    return {"says": [words], "better": "Say it.", "why": "Because.", "source": "Area 2026"}


def write(folder: Path, name: str, content: Any) -> None:
    file = folder / name
    before = file.stat().st_mtime_ns if file.exists() else 0
    file.write_text(yaml.safe_dump(content), encoding="utf-8")
    if before and file.stat().st_mtime_ns == before:
        os.utime(file, ns=(before + 1, before + 1))

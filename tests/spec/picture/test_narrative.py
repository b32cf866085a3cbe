"""Texts are read with care: what is so, is not, was once, is about somebody else or only may be are told apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.picture.narrative.reading import Reader
from engage.picture.narrative.rows import EITHER_WAY, GAPS
from engage.picture.narrative.rules import POLARITIES
from engage.picture.narrative.sentences import places, sentences, texts_of, words
from engage.picture.narrative.vocabulary import VocabularyWrong, load
from engage.picture.narrative.words import inflected


READER = Reader(load())
WRITTEN_IN = 2026

# Theme, what the sentence makes of it, the sentence. All of it invented for this test.
DRAWN = """
missing       | present      | Orla was reported missing on Tuesday.
missing       | present      | He ran away from the unit again last week.
missing       | present      | Staff say she stayed out overnight with people they do not know.
missing       | negated      | Orla has not been missing since June.
missing       | historical   | In 2019 he went missing twice.
missing       | hypothetical | Her aunt was told what to do if she goes missing.
missing       | other        | His cousin was reported missing in the spring.
absence       | present      | Her attendance has dropped to 71 per cent.
absence       | present      | He is refusing to go to school.
absence       | negated      | Attendance remains good.
exclusion     | present      | She was suspended on Monday.
exclusion     | historical   | He was excluded in primary school.
cars_lifts    | present      | Orla was seen getting out of a black van with two men.
cars_lifts    | present      | Somebody she calls Uncle Ray gives her lifts to town.
cars_lifts    | hypothetical | We talked through the risks of accepting lifts.
cars_lifts    | negated      | He denied getting into any car that night.
gifts         | present      | She came home with new trainers.
gifts         | present      | A man bought her perfume.
gifts         | other        | Her nan bought her trainers for Christmas.
gifts         | negated      | No unexplained gifts were seen.
money         | present      | She had a large amount of cash and would not say who gave it.
debt          | present      | He owes money to older boys on the estate.
debt          | negated      | She says she does not owe anybody.
debt          | negated      | He owes nothing to anyone.
missing       | present      | It is not the first time he has gone missing.
new_phone     | present      | Her mother found a second phone under the mattress.
new_phone     | negated      | He still has the same phone.
secretive     | present      | She refuses to say where she was.
secretive     | negated      | He was open about where he goes.
older_associate | present    | She is spending time with an older man.
older_associate | hypothetical | The assembly was on why older people befriend children online.
unsafe_places | present      | He goes to parties at a flat near the station.
online_contact | present     | She has been messaging a stranger on Snapchat.
online_contact | hypothetical | Leaflets on strangers online were handed to the whole class.
isolation_from_peers | present | She no longer sees her friends.
family_conflict | present    | There are rows at home most nights.
family_conflict | negated    | Home life is calm.
looked_after  | present      | He is looked after and lives in a children's home.
looked_after  | negated      | She has never been in care.
low_mood      | present      | She was tearful and withdrawn.
self_harm     | present      | He has been cutting himself.
self_harm     | negated      | She denied self-harm.
self_harm     | historical   | She took an overdose in 2021.
injuries      | present      | There was bruising to his arm.
injuries      | negated      | No injuries were noted.
disclosure    | present      | She started to tell the nurse what happened and then stopped.
disclosure    | negated      | He made no disclosure.
sexual_health | present      | She asked for contraception.
substance_use | present      | He smelt of cannabis.
substance_use | present      | An older girl gave her vodka.
substance_use | negated      | There were no signs of drug use.
substance_use | other        | His dad drinks heavily.
self_harm     | hypothetical | Staff to check her arms for signs of self-harm.
low_mood      | hypothetical | Plan: nurse to ask about low mood.
family_conflict | hypothetical | It will all kick off at home if he is told.
unsafe_places | hypothetical | She promised she would not go to the flat again.
absence       | historical   | In Year 7 (2021/22) he was a persistent absentee.
missing       | present      | Safety plan reviewed because she was reported missing.
injuries      | other        | A close friend has a broken arm.
criminality   | present      | He was arrested for shoplifting.
criminality   | other        | Her brother is in custody.
gang_association | present   | She is thought to be linked to a gang.
gang_association | negated   | There is nothing to suggest any gang.
hotels        | present      | A hotel receipt was in his pocket.
hotels        | other        | The family stayed in a hotel after the fire.
going_to_other_towns | present | A train ticket to Farhaven was found in her bag.
going_to_other_towns | negated | He has not been out of the area.
exclusion     | hypothetical | Has he been suspended before?
missing       | hypothetical | I dread that she will go missing again.
self_harm     | historical   | At nine she took an overdose.
missing       | historical   | He ran away a lot in Year 7; he is in Year 11 now.
missing       | present      | Missing since 1930 and nobody knows where he is.
missing       | other        | Her friend Skye went missing.
exclusion     | other        | Another girl was suspended on Monday.
injuries      | present      | His brother hit him and he was bruised.
gang_association | other     | Her brother is in the Eastgate gang.
money         | present      | He had £90 in his shoe and no job.
online_contact | present     | Met him on Snapchat.
injuries      | historical   | When Rory was eleven he broke his wrist.
criminality   | historical   | Youth caution for shoplifting at 12, nothing since.
self_harm     | historical   | 2020 notes refer to cutting.
absence       | present      | Hasn't set foot in college for weeks.
missing       | hypothetical | Carer is scared hell run off again.
cars_lifts    | other        | Next door's daughter gets in cars with strangers.
"""


def drawn() -> list[tuple[str, str, str]]:
    rows = (line.split("|") for line in DRAWN.strip().splitlines())
    return [(theme.strip(), polarity.strip(), text.strip()) for theme, polarity, text in rows]


@pytest.mark.parametrize(("theme", "polarity", "text"), drawn())
def test_what_a_sentence_makes_of_what_it_speaks_of(theme: str, polarity: str, text: str) -> None:
    found = {one.polarity for one in READER.read(text, year=WRITTEN_IN) if one.theme == theme}
    assert found == {polarity}


@pytest.mark.parametrize(
    "text",
    [
        "The meeting was moved to Thursday.",
        "Her school bag was left in the hall.",
        "He plays football for the county and likes drawing.",
        "The nurse in charge completed the note.",
        "She lives in the flat above the bakery with her mother.",
        "Telephone call from the school office about a date.",
        "Disclosure and Barring Service renewals are due in May.",
        "He owes us a reply about the room booking.",
        "Conflict of interest forms go to the clerk.",
    ],
)
def test_what_is_said_every_day_is_nothing(text: str) -> None:
    assert [(one.theme, one.entry) for one in READER.read(text) if one.polarity == "present"] == []


def test_what_begins_anew_is_not_denied_by_what_came_before() -> None:
    found = READER.read("He denied using drugs and she has a new phone.")
    assert {(one.theme, one.polarity) for one in found} == {
        ("substance_use", "negated"),
        ("new_phone", "present"),
    }


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("He would not say where the cash came from.", {"money"}),
        ("He would not say who he was with.", {"secretive"}),
        ("Scratches on her arm, she says she has been hurting herself.", {"self_harm"}),
        ("Scratches on her arm after the fall.", {"injuries"}),
    ],
)
def test_what_says_little_beside_another_theme_gives_way_to_it(text: str, themes: set[str]) -> None:
    assert {one.theme for one in READER.read(text, year=WRITTEN_IN) if one.polarity == "present"} == themes


def test_a_year_counts_as_long_past_only_before_that_of_the_text() -> None:
    (told,) = READER.read("She went missing in 2026.", year=2026)
    assert told.polarity == "present"
    (told,) = READER.read("She went missing in 2026.", year=2027)
    assert told.polarity == "historical"


def test_what_was_only_heard_is_marked() -> None:
    (told,) = READER.read("Information received that she went missing.")
    assert told.is_hearsay
    (told,) = READER.read("She went missing.")
    assert not told.is_hearsay


def test_a_word_in_a_name_is_no_word() -> None:
    assert READER.read("He works at The Dale Hotel and the Bridge Car Park.") == ()


@given(st.text(max_size=300))
def test_whatever_is_written_is_read_and_every_place_is_within_it(text: str) -> None:
    for one in READER.read(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.polarity in POLARITIES


@given(
    st.lists(
        st.sampled_from(
            ["She went missing.", "Mr. Vane rang.", "No.", "He owes £20.50 to someone", "\n\n", " "]
        )
    )
)
def test_sentences_and_words_stand_where_they_are_said_to(parts: list[str]) -> None:
    text = " ".join(parts)
    for start, end in sentences(text):
        for word in words(text, start, end):
            assert text[word.start : word.end] == word.text


@pytest.mark.parametrize(
    ("written", "forms"),
    [
        ("+walk", ["walk", "walks", "walked", "walking"]),
        ("+use", ["use", "uses", "used", "using"]),
        ("+carry", ["carry", "carries", "carried", "carrying"]),
        ("+chat", ["chat", "chats", "chatted", "chatting"]),
        ("+notice", ["notice", "notices", "noticed", "noticing"]),
        ("gave", ["gave"]),
    ],
)
def test_forms_of_a_word(written: str, forms: list[str]) -> None:
    assert inflected(written) == forms


def test_an_area_adds_words_entries_and_themes(tmp_path: Path) -> None:
    (tmp_path / "themes").mkdir()
    (tmp_path / "words.yaml").write_text("words: {car: [tuk-tuk]}", encoding="utf-8")
    (tmp_path / "themes" / "gifts.yaml").write_text(
        "{code: gifts, says: {Local guidance: [bling]}}", encoding="utf-8"
    )
    own = "{code: fairground, title: At the fair, means: a, does_not_mean: b, says: {Local guidance: [waltzers]}}"
    (tmp_path / "themes" / "fairground.yaml").write_text(own, encoding="utf-8")
    reader = Reader(load(tmp_path))
    found = reader.read("She got into a tuk-tuk. He had bling. They met at the waltzers.")
    assert [(one.theme, one.source) for one in found][1:] == [
        ("gifts", "Local guidance"),
        ("fairground", "Local guidance"),
    ]
    assert found[0].theme == "cars_lifts"
    assert reader.vocabulary.version != load().version


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The kite was lent by a giant.", {"kites"}),
        ("A giant lent the kite.", {"kites"}),
        ("A giant came by the fire escape.", {"kites"}),
        ("The fire came before a giant did.", set()),
        ("A kite was in the tree.", {"kites"}),
        ("A kite was in the tree when she went missing.", {"missing"}),
    ],
)
def test_an_entry_has_its_sides_in_either_order_words_that_stand_for_one_and_gives_way_where_faint(
    tmp_path: Path, text: str, found: set[str]
) -> None:
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "kites.yaml").write_text(
        "{code: kites, title: Kites, means: A kite., does_not_mean: No wind., "
        "says: {Local: ['giant ~ kite', 'giant .. fire_escape|ladder']}, faint: {Local: [kite]}}",
        encoding="utf-8",
    )
    assert {one.theme for one in Reader(load(tmp_path)).read(text)} == found


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("gifts.yaml", "{code: gifts, says: {Local: ['<nothing_so> .. gift']}}", "<nothing_so>"),
        ("new.yaml", "{code: new, title: New}", "means"),
        ("new.yaml", "[a, b]", "YAML|names with lists|a"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_fault(
    tmp_path: Path, name: str, content: str, says: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(VocabularyWrong, match=says):
        Reader(load(tmp_path))


def test_no_entry_has_four_words_in_a_row() -> None:
    """So that none can be read off anybody's sentences: what is looked for is a way of speaking, not a sentence."""
    vocabulary = READER.vocabulary
    phrases = [*vocabulary.lists.values(), *vocabulary.context.values(), *vocabulary.mentions.values()]
    assert {phrase for some in phrases for phrase in some if len(phrase.split()) >= 4} == set()
    assert {
        entry.words for entry in vocabulary.entries if max(map(_words_in, _runs(entry.words))) >= 4
    } == set()


def _runs(entry: str) -> list[list[str]]:
    """The pieces of an entry that follow one another without room between them."""
    runs: list[list[str]] = [[]]
    for piece in entry.replace("[", "").replace("]", "").split():
        if piece in GAPS or piece == EITHER_WAY:
            runs.append([])
        else:
            runs[-1].append(piece)
    return runs


def _words_in(run: list[str]) -> int:
    """How many words the pieces can have together."""
    lists = {f"<{name}>": some for name, some in READER.vocabulary.lists.items()}
    ways = [
        [way for one in piece.split("|") for way in lists.get(one, {one.replace("_", " ")})] for piece in run
    ]
    return sum(max(len(way.split()) for way in some) for some in ways)


def test_every_entry_names_its_guidance_and_every_theme_what_it_does_not_mean() -> None:
    vocabulary = READER.vocabulary
    assert {entry.words for entry in vocabulary.entries if not entry.source.strip()} == set()
    assert {entry.theme for entry in vocabulary.entries} == set(vocabulary.themes)
    assert len(vocabulary.themes) == 26


@given(st.text(alphabet=" \nn't\u2019s&-_.:/£1\u00b2aA\u00c9"))
def test_words_are_the_same_when_cut_first_and_placed_after(text):
    plain = words(text, 0, len(text))
    assert texts_of(text) == [word.text for word in plain]
    assert places(text, texts_of(text)) == [(word.start, word.end) for word in plain]


@given(st.text(alphabet=" .!?\"\u201d')(aAe1\u00a3\t"))
def test_a_text_of_one_line_has_the_sentences_that_it_has_before_a_further_line(text):
    assert [*sentences(f"{text}a")] == [*sentences(f"{text}a\n")]

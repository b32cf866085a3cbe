"""Do the texts hold what their truth says, and nothing that would hurt to read?"""

import re

import pytest

from engage.example.draw import written


pytestmark = pytest.mark.slow

NOT_WRITTEN = re.compile(
    r"\b(rape\w*|sex|sexual\w*|intercourse|naked|nude\w*|genital\w*|breast\w*|touched|kiss\w*|blood\w*|stab\w*|knife|beaten|torture\w*)\b",
    re.IGNORECASE,
)


def _texts(town):
    return [event.told for event in town.events if event.told]


def test_nothing_graphic_is_written(town):
    for told in _texts(town):
        assert not NOT_WRITTEN.search(told.text), told.text


def test_nothing_graphic_could_be_written():
    words = written("sentences.yaml")
    sentences = [s for entry in words["codes"].values() for texts in entry.values() for s in texts]
    sentences += [s for frame in words["frames"].values() for texts in frame.values() for s in texts]
    assert len(sentences) > 150
    assert [s for s in sentences if NOT_WRITTEN.search(s)] == []


def test_what_is_named_stands_where_the_truth_says(town):
    mentions = [(told.text[m[1] : m[2]], m[0]) for told in _texts(town) for m in told.mentions]
    assert len(mentions) > 100
    assert all(found == words for found, words in mentions)


def test_codes_span_whole_sentences(town):
    for told in _texts(town):
        for code, polarity, start, end in told.codes:
            assert polarity in written("sentences.yaml")["codes"][code]
            assert 0 <= start < end <= len(told.text)
            assert told.text[end - 1] == "."
            assert not told.text[start].islower()  # a letter or a house number


def test_every_life_has_its_sentences():
    words = written("sentences.yaml")
    rates = written("town.yaml")["rates"]
    assert set(words["lives"]) == set(rates)
    for weights in words["lives"].values():
        assert set(weights) <= set(words["codes"])
    assert all("present" in entry for entry in words["codes"].values())

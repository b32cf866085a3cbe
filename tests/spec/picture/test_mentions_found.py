"""Where do texts name somebody or something? Sentences of several ways of writing, with what they name in brackets: all of that is found,
and besides it nothing that stands without the records' say."""

from __future__ import annotations

import re

import pytest

from engage.picture.mentions.finding import MentionFinder
from engage.picture.mentions.rules import CERTAIN, IF_KNOWN, NAME, Found
from engage.picture.narrative.vocabulary import load


FINDER = MentionFinder(load().mentions)
_MARKED = re.compile(r"\[(\w+) ([^\]]+)\]")

NAMES = """
[person Amy Cole] told the officer that [person Bea] had left.
Those there: [person Amy Cole], [person Tariq Aziz Shah], [person Bea] and [person Mo].
[person COLE, Amy]; [person O'SHEA, Niall]; [person SMITH-JONES, Ted]
The child's uncle, [person Mr Khan], collected her. [person Mrs. A. Okafor] agreed.
[person A. Cole] and [person J.P. Roe] were in the car with [person Amy C].
[person Amy's] mother met [person Niall O'Shea's] at home.
Her friend [person Wren] and a male known as [person Smiley] were outside.
[person Zoë Łucka-Król] and [person Ahmed al Rashid] were seen.
[person DC Hill] rang [person Dr Park].
Seen with [person Amy COLE] on Monday.
- [person Bea]
- [person Niall]
She goes by [person Binks] online.
[person Robert "Smiley" Dunn] and [person Amy (Binks) Cole] came.
DSL [person Mrs Vance] rang; [person T. Ashworth] is to attend with [person Sr Okoro].
It was said that [person Leo's] mum rang and [person Jodie] hasn't slept.
A number saved as [person Boss] and a note "[person T-Bone] [phone 07000 123 456]".
She owes [person Ghost] and works for [person Mush], a driver known on the rank as [person Jacko].
[person Bea] & [person Ann Cole] were there; messages came from "[person Trapz]" again.
Many thanks, [person Sylvia]
"""
VEHICLES = """
Left in a [vehicle silver Ford Fiesta (QQ18 SAG)] at ten.
Got into a [vehicle dark blue Vauxhall Corsa, partial plate QQ18] and left.
A [vehicle white van, reg QQ12ABC], was parked outside.
A [vehicle black Audi A3 with a plate ending AJZ] was there.
Registration [vehicle QQ70 XYZ] came back to nobody.
He drives the [vehicle VW Golf].
Dropped off by a [vehicle grey Range Rover Evoque, index QQ21 KLM].
Seen near a [vehicle red Kia Picanto QQ?8 S?G].
A [vehicle light-coloured silver or grey BMW] left.
[vehicle part plate ending XYZ] only was seen.
[vehicle QQ18 SAG, a silver Ford Fiesta], was parked.
[vehicle Ford Fiesta, silver, QQ18 SAG] left; [vehicle QQ70 XYZ (white van)] stayed.
[vehicle N123 ABC] and [vehicle ABC 123D] are old.
A [vehicle Range Rover] crawled past, [vehicle QQ12] was all that she got.
The plate was noted as [vehicle QQ19 C], the rest was hidden.
It is a [vehicle white Ford Transit (QQ 65 EJK)]; the motorcycle is [vehicle RFZ 4417].
"""
NUMBERS = """
Her number is [phone 07000 123 456].
[phone +44 7000 123456] rang twice, then [phone 0044 7000-123-456].
Texts came from (mobile) [phone (07000) 123456].
A handset [phone number ending 123] was found.
He writes as [account @smiley_99] and from [account someone@example.org].
Snapchat name [account binks.2010] was blocked.
Sim [phone ending 412] and a [phone pay-as-you-go ending 0412] were there.
[account regal_nites] wrote on Insta, then an account called [account only.jay.x], PSN [account x-reaper-01-x].
His Snapchat ([account ili.popp]) was shown to staff.
"""
PLACES = """
Dropped at [place 12 Victoria Road] by taxi.
Lives at [place Flat 3, 27B Long Mill Lane, QX1 2AB] now.
At [place St Aidan's High] and [place Larch Road Community Centre]; then [place Mossway Primary].
Near [place Victoria Road] and [place St Mary's Close].
Found at a [place burger bar on Mill Street] after dark.
Staying in a [place flat on the High Street] with others.
Met at [place The Blue Anchor Hotel] and [place Eastgate Shopping Centre].
[place Mill Lane Academy] rang; [place Northgate Bus Station] has cameras.
[place Anchor House Hotel on Mill Street] was full.
"""
# Days, agencies, roles, makes of other things, beginnings of sentences.
TRAPS = """
On Monday the Social Worker rang Children's Services and the Police.
Contact was made by Victim Support on Friday 3 May. No Further Action.
She has an iPhone and uses Snapchat; CCTV and DNA were asked for.
MASH, CAMHS and the YOT were told. NFA.
Strategy Discussion held. Return Home Interview offered. Section 47 opened.
Greater Northshire Police and Northshire County Council were told.
May go missing again. Will be reviewed in June. Mark on her arm.
Reference 12345678901 was given. Aged 15 in 2025. At 21:40 on 03/05/2025.
Took a seat by the note on the leaf; a smart focus on one partner.
Officers Attended. Checks Completed.
Crime ref 0900771423 and DBS number 001700912345 were noted; handed out 40 snap bands.
Plan B. Nothing further. Mr and Mrs were not at home. Room made safe. Booking made online.
ON 14 MAY YP 15 AND SW LEFT.
I said I'd ring.
"""


def marked(drawn: str) -> tuple[str, list[tuple[str, str]]]:
    """A text without its brackets, and what stood in them."""
    return _MARKED.sub(r"\2", drawn), [(kind, words) for kind, words in _MARKED.findall(drawn)]


def words_of(text: str, found: Found) -> str:
    return text[found.start : found.end]


def is_within(text: str, found: Found, kind: str, words: str) -> bool:
    """Of the same kind, and at least half of it: as a scorer counts."""
    start = text.index(words)
    shared = min(found.end, start + len(words)) - max(found.start, start)
    return found.kind == kind and shared * 2 >= len(words)


@pytest.mark.parametrize(
    "line", [line for some in (NAMES, VEHICLES, NUMBERS, PLACES) for line in some.strip().splitlines()]
)
def test_what_is_named_is_found(line: str) -> None:
    text, expected = marked(line)
    found = FINDER.find(text)
    assert expected
    for kind, words in expected:
        assert any(is_within(text, one, kind, words) and one.sure >= IF_KNOWN for one in found), (
            words,
            found,
        )
    # What else is found shares its words with what is named, so that of the two one stands.
    spans = [(text.index(words), text.index(words) + len(words)) for _kind, words in expected]
    others = [
        words_of(text, one)
        for one in found
        if one.sure == CERTAIN and not any(one.start < end and start < one.end for start, end in spans)
    ]
    assert others == []


def test_a_plate_and_what_bears_it_are_one() -> None:
    text = "QQ18 SAG, a silver Ford Fiesta, was parked by a grey BMW."
    found = [words_of(text, one) for one in FINDER.find(text) if one.kind == "vehicle"]
    assert found == ["QQ18 SAG, a silver Ford Fiesta", "grey BMW"]


@pytest.mark.parametrize("line", TRAPS.strip().splitlines())
def test_what_names_nobody_is_not_found(line: str) -> None:
    found = [
        (one.kind, words_of(line, one))
        for one in FINDER.find(line)
        if one.sure >= IF_KNOWN and one.kind != NAME
    ]
    assert found == []


def parts(text: str) -> list[tuple[str, str]]:
    """The given and the family name of each person found."""
    return [
        (text[slice(*one.first)], text[slice(*one.last)])
        for one in FINDER.find(text)
        if one.kind == "person" and one.sure >= IF_KNOWN
    ]


@pytest.mark.parametrize(
    ("text", "given", "family"),
    [
        ("saw Amy Cole", "Amy", "Cole"),
        ("saw COLE, Amy", "Amy", "COLE"),
        ("saw COLE Amy", "Amy", "COLE"),
        ("saw Mr Cole", "", "Cole"),
        ("saw Ms Amy Cole", "Amy", "Cole"),
        ("saw A. Cole", "A.", "Cole"),
        ("saw Amy", "Amy", ""),
        ("saw Amy Beth Cole's", "Amy", "Cole"),
    ],
)
def test_which_is_the_given_and_which_the_family_name(text: str, given: str, family: str) -> None:
    assert parts(text) == [(given, family)]


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("a silver Ford Fiesta (QQ18 SAG)", "QQ18 SAG"),
        ("a black Audi A3 with a plate ending AJZ", "AJZ"),
        ("a blue Corsa, partial plate QQ18,", "QQ18"),
        ("a white van reg QQ12ABC", "QQ12ABC"),
        ("a blue Corsa", ""),
    ],
)
def test_the_plate_is_told_from_what_is_described(text: str, plate: str) -> None:
    (found,) = [one for one in FINDER.find(text) if one.kind == "vehicle"]
    assert text[slice(*found.first)] == plate


def test_a_text_without_capitals_is_read_as_if_it_had_them() -> None:
    text = "seen with amy cole and bea near mill road in qq18 sag"
    found = {(one.kind, words_of(text, one)) for one in FINDER.find(text)}
    assert found >= {
        ("person", "amy cole"),
        ("person", "bea"),
        ("place", "mill road"),
        ("vehicle", "qq18 sag"),
    }
    large = {(one.kind, words_of(text.upper(), one)) for one in FINDER.find(text.upper())}
    assert large >= {("person", "AMY COLE"), ("place", "MILL ROAD"), ("vehicle", "QQ18 SAG")}


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "@", "?", "QQ", "(", "İstanbul İ", "ﬁ", "A", "a" * 5_000, "Amy " * 500]
)
def test_no_text_breaks_it_and_all_it_finds_stands_in_the_text(text: str) -> None:
    for one in FINDER.find(text):
        assert 0 <= one.start < one.end <= len(text)
        for start, end in (one.first, one.last):
            assert 0 <= start <= end <= len(text)

"""Whom and what do other people's texts name? Sixteen invented writers who did not know how texts are read.

The misses of `named_third.jsonl` were looked at when shapes and words were added. Those of `named_held_out.jsonl` never are: its figures tell how
texts are read that nobody here has seen. Whoever looks at them writes another set and takes this one's place.

The records hold who is named in full, seven of eight who are named by a given name alone, and every named place, as an area's records do. A
nickname is a person's name; a vehicle without a plate is left out of the answers, so one that is described counts neither way.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from engage.picture.mentions.measuring import Key, Named, measure
from engage.vocabulary.rates import Rate
from tests.spec.picture.drawing import World


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FOLDER = Path(__file__).parent / "narrators"
# At least so much is found, and so much of what is found is right.
FLOORS = {
    "named_third.jsonl": {"person": (0.88, 0.93), "place": (0.95, 0.95), "vehicle": (0.90, 0.95), "phone": (0.95, 0.95), "account": (0.85, 0.95)},
    "named_held_out.jsonl": {"person": (0.82, 0.90), "place": (0.90, 0.93), "vehicle": (0.82, 0.95), "phone": (0.85, 0.95), "account": (0.70, 0.95)},
}  # fmt: skip
OFTEN = 8


def of(name: str) -> list[tuple[str, str, list[tuple[str, int, int]]]]:
    """Each text with its number and what it names: kind, from, until."""
    rows = [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]
    return [
        (row["id"], row["text"], [("person" if one["kind"] == "nickname" else one["kind"], one["start"], one["end"]) for one in row["mentions"]])
        for row in rows
    ]  # fmt: skip


def called(words: str) -> str:
    """A name as a record has it: "OSEI, Kwame" is Kwame Osei; one who is named by a given name alone has some family name."""
    family, comma, given = words.partition(",")
    name = re.sub(r"\s+", " ", f"{given} {family}" if comma else words).strip().title()
    return name if " " in name else f"{name} Qz{chr(97 + len(name) % 26)}or"


def in_records(words: str) -> bool:
    """Named by words and not by letters; of given names alone seven of eight."""
    parts = words.replace(",", " ").split()
    return all(len(part.strip(".")) > 1 for part in parts) and (len(parts) > 1 or sum(map(ord, words.lower())) % OFTEN > 0)  # fmt: skip


def measured(world: World, name: str) -> dict[str, Rate]:
    texts = of(name)
    people: dict[str, int] = {"Zed Nobody": 1}
    lines, first = ["id | agency | who | place"], {}
    for number, text, named in texts:
        for kind, start, end in named:
            words = text[start:end]
            if kind == "person" and in_records(words):
                first.setdefault(number, people.setdefault(called(words), len(people) + 1))
            if kind == "place":
                lines.append(f"place{number}{start} | police | police/1 subject | {words}")
    world.people("\n".join(["id | agency | person | name | born", *(f"{at} | police | p{at} | {who} | 2010-01-02" for who, at in people.items())]))  # fmt: skip
    world.read().events("\n".join(lines))
    for number, text, _named in texts:
        world.told(number, f"police/{first.get(number, 1)} victim", text)
    answer = [Named("police", "events", number, start, end, kind, "") for number, _text, named in texts for kind, start, end in named]  # fmt: skip
    rows = (
        world.served()
        .analysis()
        .execute(
            "select record_id, from_sign, until_sign, kind, regexp_matches(substr(text, from_sign + 1, until_sign - from_sign), '[0-9]') from mentioned join narrative using (record_id)"
        )
        .fetchall()
    )
    said = [Named(*key(record), start, end, kind, "") for record, start, end, kind, has_figures in rows if kind != "vehicle" or has_figures]  # fmt: skip
    return dict(measure(said, answer, everyone=(), person_of={}).kinds)


def key(record: str) -> Key:
    """The text of a record."""
    return ("police", "events", record.split(":", 3)[3])


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_texts_of_other_writers_are_read_often_enough(world: World, name: str) -> None:
    found = measured(world, name)
    told = {kind: (round(rate.recall, 3), round(rate.precision, 3)) for kind, rate in found.items()}
    for kind, (recall, precision) in FLOORS[name].items():
        assert found[kind].recall >= recall, told
        assert found[kind].precision >= precision, told

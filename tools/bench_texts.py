"""How many narratives are read, for themes and mentions, in a second on one core, beside no more than cutting the same into words?

    python tools/bench_texts.py [AREA] [--rounds 5]

AREA is built; without one an example town is made in a temporary folder. Every distinct text is read in each round, after one round that is
thrown away; both sides in turn, and the median of each is told. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from engage.cli.opening import open_for_command
from engage.picture.narrative.reading import Reader
from engage.picture.narrative.sentences import sentences, words
from engage.picture.narrative.vocabulary import load


AIM = 2_000
PEOPLE = "3000"


def made(folder: Path) -> Path:
    """An example town, received and built."""
    area = folder / "town"
    _engage("example", str(area), "--people", PEOPLE)
    for agency in sorted(file for file in (area / "sent").iterdir() if file.is_dir()):
        _engage("receive", str(area), "--agency", agency.name, *map(str, sorted(agency.iterdir())))
    _engage("build", str(area))
    return area


def _engage(*given: str) -> None:
    subprocess.run([sys.executable, "-m", "engage", *given], check=True, capture_output=True)


def texts_of(area: Path) -> list[tuple[str, int]]:
    """Every distinct text of the build, with the year of its receipt."""
    cursor = open_for_command(area).warehouse.current().analysis()
    try:
        return cursor.execute(
            "select distinct text, year(received_on) from narrative order by text"
        ).fetchall()
    finally:
        cursor.close()


def per_second(read: Callable[[str, int], object], texts: list[tuple[str, int]]) -> float:
    """Texts a second in one pass."""
    began = time.perf_counter()
    for text, year in texts:
        read(text, year)
    return len(texts) / (time.perf_counter() - began)


def main() -> None:
    """Measure and say so; ends with 1 when fewer are read than the aim."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("area", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        texts = texts_of(asked.area or made(Path(folder)))
    reader = Reader(load())

    def read(text: str, year: int) -> object:
        return reader.read(text, year=year), reader.mentions(text)

    def anew(text: str, year: int) -> object:
        reader.forget()
        return read(text, year)

    def cut(text: str, _year: int) -> int:
        return sum(len(words(text, start, end)) for start, end in sentences(text))

    sides: dict[str, list[float]] = {"read": [], "anew": [], "cut": []}
    for _round in range(asked.rounds + 1):
        reader.forget()
        sides["read"].append(per_second(read, texts))
        again = reader.sentence.cache_info()
        sides["anew"].append(per_second(anew, texts))
        sides["cut"].append(per_second(cut, texts))
    figures = {name: statistics.median(side[1:]) for name, side in sides.items()}
    figures |= {"ratio": figures["cut"] / figures["read"], "texts": len(texts), "again": again.hits / (again.hits + again.misses)}  # fmt: skip
    verdict = "within" if figures["read"] >= AIM else "UNDER"
    print(
        f"texts: {figures['read']:,.0f} narratives a second on one core (aim {AIM:,}, {verdict}), {figures['ratio']:.1f} x cutting them into words; "
        f"{figures['anew']:,.0f} where no sentence was ever read before ({figures['again']:.0%} of these were); {len(texts):,} texts of "
        f"{statistics.mean(len(text) for text, _year in texts):.0f} signs"
    )
    print(json.dumps(figures))
    sys.exit(0 if figures["read"] >= AIM else 1)


if __name__ == "__main__":
    main()

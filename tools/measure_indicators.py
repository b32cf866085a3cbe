"""Write what each indicator finds where the truth is known into the product: engage/picture/indicators/measured.yaml.

    python tools/measure_indicators.py NAME AREA TRUTH

One town a run; its row takes the place of the one of that name. The area must be built. An indicator that finds fewer than one exploited child in twenty of those who carry it, over all of them, is off by
default (tests/unit/picture/test_catalogue.py).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

from engage.cli.indicators import measured
from engage.cli.opening import open_for_command


FILE = Path(__file__).parents[1] / "engage" / "picture" / "indicators" / "measured.yaml"
HEAD = """# What each indicator finds on made-up towns whose truth is known, by all evidence that an operator may see: of each, how many children carry
# it, how many of these are exploited, and how many exploited children it misses. Written by tools/measure_indicators.py.
"""


def main(name: str, area: str, truth: str) -> None:
    """Measure one town and put its row into the file."""
    uses = measured(open_for_command(Path(area)), Path(truth))
    from engage.identities.measuring.answer import read_people
    from engage.vocabulary.time import london_day, system_clock

    people = read_people(Path(truth)).values()
    row: dict[str, Any] = {
        "town": name, "on": london_day(system_clock()), "children": sum(one.is_child for one in people),
        "exploited": sum(one.is_exploited for one in people),
        "found": {use.indicator.code: [use.carried, use.exploited, use.missed] for use in uses},
    }  # fmt: skip
    others = [one for one in yaml.safe_load(FILE.read_text(encoding="utf-8")) or [] if one["town"] != name]
    rows = sorted([*others, row], key=lambda one: one["town"])
    FILE.write_text(
        HEAD + yaml.safe_dump(rows, sort_keys=False, width=110, default_flow_style=None), encoding="utf-8"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])

"""How much is tried of what is drawn at random and takes long? An ordinary run has a few minutes for all of it; `make assure` tries many times as much."""

from __future__ import annotations

import os


TIMES = int(os.environ.get("ENGAGE_EFFORT", "1"))


def examples(ordinary: int) -> int:
    """So many examples, as many times over as this run is to try."""
    return ordinary * TIMES

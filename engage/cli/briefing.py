"""What of the joins stands in the one-screen briefing of an area, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engage.cli.words import _, ngettext


if TYPE_CHECKING:
    from engage.identities.counting import Joined
    from engage.identities.measuring.keeping import HowRight


def waiting_and_judged(found: Joined) -> Iterator[str]:
    """What waits for people, and what they judged since the build."""
    yield ngettext(
        "%(count)s possible join waits for a person to look (%(partial)s of half a name).",
        "%(count)s possible joins wait for a person to look (%(partial)s of them of half names).",
        found.proposed, count=f"{found.proposed:,}", partial=f"{found.partial:,}",
    )  # fmt: skip
    if found.moved:
        yield ngettext(
            "%(count)s record was judged to be another person's since the build: these numbers follow.",
            "%(count)s records were judged to be another person's since the build: these numbers follow.",
            found.moved, count=f"{found.moved:,}",
        )  # fmt: skip


def how_right(known: HowRight) -> Iterator[str]:
    """How right the joins were found to be, last, if they were ever measured."""
    if known.measured is None:
        return
    pairs = known.measured.figures.measures.pairs
    values = {
        "precision": f"{pairs.precision:.1%}",
        "recall": f"{pairs.recall:.1%}",
        "answer": known.measured.answer,
    }
    yield (
        _("Held against the known answer “%(answer)s”, %(precision)s of what was joined is right, and %(recall)s of what is right was joined: see How right the joins are.", **values)
        if known.is_of_this_build
        else _("Of an earlier build, held against the known answer “%(answer)s”, %(precision)s of what was joined was right, and %(recall)s of what is right was joined.", **values)
    )  # fmt: skip

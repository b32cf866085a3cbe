"""Do the bars of a pair add up to its weight, whatever order and sign they have?"""

from __future__ import annotations

import pytest

from engage.identities.rules import FieldExplained, JoinExplained, RecordShown
from engage.vocabulary.words import Sentence
from engage.web.people.waterfall import LEFT, WIDTH, steps, waterfall


def join(weight: float | None, *weights: float) -> JoinExplained:
    record = RecordShown("zz:police:persons:1", "police", "persons", "1", True)
    fields = tuple(
        FieldExplained(f"f{n}", Sentence(f"Field {n}"), "a", "b", Sentence("same"), Sentence("for"), bits)
        for n, bits in enumerate(weights)
    )
    return JoinExplained(record, record, True, weight is not None, weight, Sentence("for"), None, fields, "")


@pytest.mark.parametrize("weights", [(8.0, -3.0, 12.5), (-4.0, -2.0), (0.01, 9.0), (30.0, -30.0, 2.0)])
def test_the_lines_add_up_to_the_weight_and_every_bar_is_inside_the_picture(
    weights: tuple[float, ...],
) -> None:
    weight = sum(weights) - 11.0
    drawn = waterfall(join(weight, *weights))

    assert sum(bits for _words, bits in steps(join(weight, *weights))) == pytest.approx(weight, abs=0.1)
    assert drawn is not None
    assert drawn.bars[-1].bits == f"{weight:+.1f}".replace("-", "\N{MINUS SIGN}")
    assert all(bar.x >= LEFT and bar.x + bar.width <= LEFT + WIDTH + 2 for bar in drawn.bars)
    for above, below in zip(drawn.bars[:-2], drawn.bars[1:-1], strict=True):
        # Each bar begins where the one above it ended, on the side that its sign says.
        end = above.x + above.width if above.kind == "for" else above.x
        start = below.x if below.kind == "for" else below.x + below.width
        assert start == pytest.approx(end, abs=2.1)


def test_a_pair_that_was_not_compared_has_no_picture() -> None:
    assert waterfall(join(None)) is None

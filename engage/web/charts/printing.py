"""What of a chart is printed? What the reader asks for: the picture and who is on it, when they say nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from engage.networks.charts.rules import NIGHTS, PERSON, Chart, Question
from engage.vocabulary.words import N_
from engage.web.charts import presenters, words


PARTS = {
    "picture": N_("The picture"),
    "nights": N_("Night by night"),
    "nodes": N_("Who and what is on the chart"),
    "lines": N_("The lines, each with the records behind it"),
}
_UNLESS_ASKED = ("picture", "nights", "nodes")


def asked(typed: QueryDict, made: Chart, question: Question, shown: Mapping[str, Any]) -> dict[str, Any]:
    """What of a chart's page is printed, and the form that asks. `shown` is all that the page shows."""
    offered = [code for code in PARTS if code != "nights" or question.asks == NIGHTS]
    chosen = [code for code in offered if code in typed.getlist("part")] or [
        code for code in offered if code in _UNLESS_ASKED
    ]
    of, people = typed.get("of", ""), [node for node in made.nodes if node.kind == PERSON]
    kept = [fold for node, fold in zip(people, shown["lines"], strict=True) if of in ("", node.key)]
    hidden = presenters.hidden_fields(question)
    parts = [(code, _(PARTS[code])) for code in offered]
    return {
        "parts": {code: code in chosen for code in PARTS},
        "lines": kept,
        "lines_of": [(node.key, words.label(node)) for node in people],
        "print_form": {"hidden": hidden, "parts": parts, "chosen": chosen, "of": of},
    }

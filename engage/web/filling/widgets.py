"""A day in three boxes, and a day with a time: each one text, written as it is kept, or as it was typed where it is no day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.forms import Widget
from django.utils.translation import gettext_lazy as _


class DayWidget(Widget):
    """Three boxes for one day. The value is 2026-04-07, or what was typed, so that it can be shown again and the fault can name it."""

    template_name = "django/forms/widgets/day.html"
    use_fieldset = True
    # A box: the end of its name, its label, how many signs it is wide.
    boxes: tuple[tuple[str, Any, int], ...] = (("0", _("Day"), 2), ("1", _("Month"), 2), ("2", _("Year"), 4))
    is_wrong = False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The boxes with what stands in them; the first has the id to which the list of faults leads."""
        context = super().get_context(name, value, attrs)
        id_ = context["widget"]["attrs"].get("id") or f"id_{name}"
        parts = zip(self.boxes, self.parts(str(value or "")), strict=True)
        context["widget"]["is_wrong"] = self.is_wrong
        context["widget"]["boxes"] = [
            {"name": f"{name}_{end}", "id": f"{id_}_{end}", "label": label, "width": width, "value": part}
            for (end, label, width), part in parts
        ]
        return context

    def id_for_label(self, _id: str, _index: str | int | None = None) -> str:
        """No box alone has the question as its label: the legend asks it."""
        return ""

    def value_from_datadict(self, data: Mapping[str, Any], _files: Any, name: str) -> str:
        """The boxes as one text."""
        return joined([str(data.get(f"{name}_{end}") or "").strip() for end, *_rest in self.boxes])

    def value_omitted_from_data(self, data: Mapping[str, Any], _files: Any, name: str) -> bool:
        """No box came with the form."""
        return all(f"{name}_{end}" not in data for end, *_rest in self.boxes)

    def parts(self, value: str) -> list[str]:
        """What stands in each box of a value."""
        return parted(value)[: len(self.boxes)]


class MomentWidget(DayWidget):
    """A day in three boxes, and a box for the time on the clock, which may stay empty where nobody knows it. The value is 2026-04-07T21:30 or 2026-04-07."""

    boxes = (*DayWidget.boxes, ("3", _("Time"), 5))


def joined(boxes: list[str]) -> str:
    """Day, month, year (and time) as they are kept; as they were typed, with spaces between, where they are no day and time."""
    if not any(boxes):
        return ""
    day, time = _day(*boxes[:3]), _time(boxes[3]) if boxes[3:] else ""
    return f"{day}{time}" if day and time is not None else " ".join(boxes).rstrip()


def _day(day: str, month: str, year: str) -> str:
    # A year of two figures is not read: 26 may be the year or the day.
    if not (
        re.fullmatch(r"\d{1,2}", day) and re.fullmatch(r"\d{1,2}", month) and re.fullmatch(r"\d{4}", year)
    ):
        return ""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _time(written: str) -> str | None:
    """“T21:30” of 21:30, 21.30 or 2130; "" of nothing, None of what is no time."""
    if not written:
        return ""
    found = re.fullmatch(r"(\d{1,2})[:.]?([0-5]\d)", written)
    return f"T{int(found[1]):02d}:{found[2]}" if found and int(found[1]) < 24 else None


def parted(value: str) -> list[str]:
    """Day, month, year and time of a kept value, or of what was typed."""
    kept = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d).*)?", value)
    if kept:
        return [str(int(kept[3])), str(int(kept[2])), kept[1], kept[4] or ""]
    return [*value.split(" ", 3), "", "", "", ""][:4]

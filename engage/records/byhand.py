"""How does what a worker recorded become rows of the exchange tables, with the same provenance as any agency's?"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from engage.vocabulary.time import london_day


FILE = "by-hand"


def rows_of(
    entry: int, agency: str, recorded_at: datetime, payload: dict[str, Any]
) -> dict[str, list[dict[str, Any]]]:
    """The event, the person's role in it and the narrative of one entry, by exchange table."""
    area = payload["area"]
    record_id = f"{area}:{agency}:{FILE}:{entry}"
    known = london_day(recorded_at)
    base = {
        "agency": agency, "file": FILE, "source_id": str(entry), "delivery_id": f"{FILE}-{entry}", "row_number": entry, "version": 1,
        "received_on": known, "known_from_on": known, "known_until_on": None, "ended_by": None, "cohort": "case",
        "handling": payload.get("handling", ""), "grade": payload.get("grade") or None, "sensitivity": "standard", "extra": None,
    }  # fmt: skip
    event = {
        **base, "record_id": record_id, "kind": payload["kind"], "category": None, "title": payload["title"], "outcome": None,
        "recorded_by": payload["author"], "details": json.dumps(payload["details"]) if payload.get("details") else None, "location_record_id": None,
        "happened_from_at": _moment(payload["happened_from_at"]), "happened_until_at": _moment(payload["happened_until_at"]),
        "happened_precision": payload["happened_precision"], "happened_text": payload["happened_text"],
        "until_precision": None,
    }  # fmt: skip
    role = {
        **base, "record_id": f"{record_id}/person1", "event_record_id": record_id, "thing": "person",
        "thing_record_id": payload["person_record_id"], "role": "subject",
    }  # fmt: skip
    narrative = {
        **base, "record_id": record_id, "event_record_id": record_id, "person_record_id": None, "text": payload["text"],
        "author": payload["author"],
    }  # fmt: skip
    return {"event": [event], "role": [role], "narrative": [narrative]}


def _moment(text: str | None) -> datetime | None:
    """The derived store keeps UTC without saying so."""
    return datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None) if text else None

"""A chart as entities of FollowTheMoney 4, one JSON object a line: people, vehicles, addresses, accounts and events, and a link of unknown kind for each line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from engage.networks.charts.exports.lines import STRENGTHS, id_of, label_of, linked, type_of
from engage.networks.charts.rules import Chart, Node
from engage.records.numbers import international


# A phone is an account by its number: FollowTheMoney has no phones of their own.
SCHEMAS = {
    "person": "Person", "vehicle": "Vehicle", "place": "Address", "event": "Event", "phone": "UserAccount", "account": "UserAccount",
}  # fmt: skip
LINK = "UnknownLink"


def as_lines(chart: Chart) -> bytes:
    """The entities, then the links. Ids are the same in every export."""
    made = [*map(_entity, chart.nodes), *_links(chart)]
    return "".join(json.dumps(one, ensure_ascii=False, sort_keys=True) + "\n" for one in made).encode()


def entity_id(*words: str) -> str:
    """A digest of what is meant: ids of people and plates do not stand in addresses."""
    return "engage-" + hashlib.sha256("\0".join(words).encode()).hexdigest()[:40]


def _entity(node: Node) -> dict[str, Any]:
    return _made(entity_id(id_of(node)), SCHEMAS[node.kind], _properties(node))


def _properties(node: Node) -> dict[str, str]:
    label = label_of(node)
    if node.kind == "person":
        return {"name": label, "notes": type_of(node)}
    if node.kind == "vehicle":
        return {"name": label, "registrationNumber": node.key}
    if node.kind == "place":
        return {"name": label, "full": label}
    if node.kind == "event":
        return {"name": label, "date": str(node.on or ""), "recordId": node.key, "summary": node.of_kind}
    # A number that is given out to nobody is none to FollowTheMoney; it stays in `username`.
    number = international(node.key) if node.kind == "phone" else ""
    return {"name": label, "username": node.key, "phone": number, "service": node.kind}


def _links(chart: Chart) -> Iterator[dict[str, Any]]:
    for line in linked(chart):
        one, other = entity_id(id_of(line.one)), entity_id(id_of(line.other))
        properties = {
            "subject": one, "object": other, "role": line.link_type, "startDate": line.start, "endDate": line.end, "publisher": line.source,
            "status": STRENGTHS[line.edge.strength], "summary": line.grading,
        }  # fmt: skip
        made = _made(entity_id(*sorted((one, other))), LINK, properties)
        made["properties"]["recordId"] = sorted({record.record_id for record in line.edge.records})
        yield made


def _made(identity: str, schema: str, properties: dict[str, str]) -> dict[str, Any]:
    """One entity. Its texts are as FollowTheMoney keeps them: in one line, with one space between words."""
    told = {name: " ".join(text.split()) for name, text in properties.items()}
    return {"id": identity, "schema": schema, "properties": {name: [text] for name, text in told.items() if text}}  # fmt: skip

"""The documents for integrators say what is so."""

import re
from pathlib import Path

import msgspec

from chalicelib.domain.event import EventType
from chalicelib.wire_webhooks import AnyEvent
from tests.support.door import get, shaped_like

WEBHOOKS = Path(__file__).parents[2] / "docs/webhooks.md"


def test_each_event_has_an_example_with_exactly_its_fields() -> None:
    blocks = re.findall(r"```json\n(.*?)```", WEBHOOKS.read_text(), re.S)
    examples = [msgspec.json.decode(block) for block in blocks]

    assert sorted(each["type"] for each in examples) == sorted(EventType)
    for example in examples:
        shaped_like(AnyEvent, example)


def test_the_contract_names_every_event_and_its_schema() -> None:
    contract = get("/openapi.json").body

    assert sorted(contract["webhooks"]) == sorted(EventType)
    for event in contract["webhooks"].values():
        reference = event["post"]["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        schema = contract["components"]["schemas"][reference.rpartition("/")[2]]
        assert schema["additionalProperties"] is False

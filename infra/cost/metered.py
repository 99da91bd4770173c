"""What one act of somebody asks of AWS: metered once on the local stack, kept in metered.json."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

FILE = Path(__file__).with_name("metered.json")

Function = Literal["APIHandler", "WebsocketConnect", "WebsocketMessage", "WebsocketDisconnect"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metered:
    """`waits` are round trips to DynamoDB or SQS that followed one another, `post_waits` such of
    frames to sockets; `cpu_ms` is of the handler, on the machine of the bench's budgets.
    """

    function: str
    write_units: float
    read_units: float
    queue_requests: int
    frames_in: int
    frames_out: int
    frame_bytes: int
    lists_told: int
    waits: int
    post_waits: int
    answer_bytes: int
    cpu_ms: float

    @property
    def rest(self) -> bool:
        return self.function == "APIHandler"


def load() -> dict[str, Metered]:
    return {name: Metered(**facts) for name, facts in json.loads(FILE.read_text()).items()}


def save(metered: dict[str, Metered]) -> None:
    facts = {name: asdict(each) for name, each in metered.items()}
    FILE.write_text(json.dumps(facts, indent=1) + "\n")

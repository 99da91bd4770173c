"""A snapshot of the embedded DynamoDB's memory, and the files a data folder keeps."""

import gc
import pickle
from collections import defaultdict
from pathlib import Path
from typing import Any

from infra.local.emulator import dynamodb

# Everything a write can change. Without the stream's records and trim points a restart would
# silently skip events; without the tokens a retried transaction would run twice.
_STORES = (
    "_tables",
    "_tags",
    "_ttl_settings",
    "_pitr_settings",
    "_stream_records",
    "_stream_trimmed",
    "_closed_streams",
    "_txn_idempotency",
)


def snapshot_path(folder: Path, generation: int) -> Path:
    return folder / f"snapshot.{generation}"


def journal_path(folder: Path, generation: int) -> Path:
    return folder / f"journal.{generation}"


def latest(folder: Path) -> int:
    """The generation to start from; 0 when nothing has been saved."""
    names = (path.suffix[1:] for path in folder.glob("snapshot.*"))
    return max((int(name) for name in names if name.isdigit()), default=0)


def save(folder: Path, generation: int) -> None:
    """Write the memory as `generation`; the file appears whole or not at all."""
    state: dict[str, Any] = {name: getattr(dynamodb, name)._data for name in _STORES}
    state["_tables"] = {
        key: {name: value for name, value in table.items() if name != dynamodb._INDEX_MEMBERS}
        for key, table in state["_tables"].items()
    }
    state["sequence"] = dynamodb._stream_seq_counter
    part = folder / "snapshot.part"
    gc.disable()
    try:
        with part.open("wb") as file:
            pickle.dump(state, file, protocol=5)
    finally:
        gc.enable()
    part.replace(snapshot_path(folder, generation))


def load(folder: Path, generation: int) -> None:
    """Put a saved generation into memory; generation 0 is the empty one."""
    path = snapshot_path(folder, generation)
    if not path.exists():
        return
    with path.open("rb") as file:
        state = pickle.load(file)  # noqa: S301 (a file of this process's own, mode 600 folder)
    for name in _STORES:
        getattr(dynamodb, name)._data.update(state[name])
    for table in dynamodb._tables._data.values():
        table["items"] = defaultdict(dict, table["items"])
    dynamodb._stream_seq_counter = state["sequence"]


def forget_before(folder: Path, generation: int) -> None:
    """Delete the files of older generations."""
    for path in (*folder.glob("snapshot.*"), *folder.glob("journal.*")):
        number = path.suffix[1:]
        if number.isdigit() and int(number) < generation:
            path.unlink(missing_ok=True)

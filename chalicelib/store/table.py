"""The one table: its base item, and reads and writes whose failures speak our language."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar

from botocore.config import Config
from botocore.exceptions import BotoCoreError
from pynamodb.attributes import TTLAttribute, UnicodeAttribute
from pynamodb.connection import Connection
from pynamodb.connection.table import TableConnection
from pynamodb.exceptions import (
    CancellationReason,
    PutError,
    PynamoDBException,
    TransactWriteError,
    UpdateError,
)
from pynamodb.expressions.condition import Condition
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, KeysOnlyProjection
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from chalicelib.config import config
from chalicelib.errors import Unavailable
from chalicelib.sdk import USER_AGENT, hasten
from chalicelib.store.attempts import attempts

CONDITION = "ConditionalCheckFailedException"
CONFLICT = "TransactionConflictException"

CONNECT_SECONDS = 2
READ_SECONDS = 5

Raw = dict[str, Any]
ModelT = TypeVar("ModelT", bound=Model)


class ViewIndex(GlobalSecondaryIndex[Any]):
    """The conversations of a branch by activity; the only index that moves with every message."""

    class Meta:
        index_name = "view"
        projection = AllProjection()

    view_pk = UnicodeAttribute(hash_key=True)
    view_sk = UnicodeAttribute(range_key=True)


class MineIndex(GlobalSecondaryIndex[Any]):
    """The open conversations of an operator, by assignment."""

    class Meta:
        index_name = "mine"
        projection = KeysOnlyProjection()

    mine_pk = UnicodeAttribute(hash_key=True)
    mine_sk = UnicodeAttribute(range_key=True)


class DueIndex(GlobalSecondaryIndex[Any]):
    """What has a timer, by the time it falls due."""

    class Meta:
        index_name = "due"
        projection = KeysOnlyProjection()

    due_pk = UnicodeAttribute(hash_key=True)
    due_sk = UnicodeAttribute(range_key=True)


class Item(Model):
    """The keys that every item has; `kind` lets the stream tell items apart."""

    class Meta:
        table_name = config().table_name
        region = config().region
        connect_timeout_seconds = CONNECT_SECONDS
        read_timeout_seconds = READ_SECONDS
        max_pool_connections = 64

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = UnicodeAttribute(default_for_new="item")
    expires = TTLAttribute(null=True)
    view_pk = UnicodeAttribute(null=True)
    view_sk = UnicodeAttribute(null=True)
    mine_pk = UnicodeAttribute(null=True)
    mine_sk = UnicodeAttribute(null=True)
    due_pk = UnicodeAttribute(null=True)
    due_sk = UnicodeAttribute(null=True)
    view = ViewIndex()
    mine = MineIndex()
    due = DueIndex()


class Cancelled(Exception):  # noqa: N818  # DynamoDB's own word for it
    """A transaction that did not happen.

    `items` are those that broke a condition and were asked for; `contended`: no condition broke,
    another transaction was at work on the same items.
    """

    def __init__(self, reasons: list[CancellationReason | None]) -> None:
        super().__init__("the transaction was cancelled")
        self.items = [reason.raw_item for reason in reasons if reason and reason.raw_item]
        self.contended = all(r is None or r.code != "ConditionalCheckFailed" for r in reasons)


@cache
def table() -> TableConnection:
    found = Item._get_connection()
    found.connection.session.set_default_client_config(Config(user_agent=USER_AGENT))
    hasten(found.connection.client, connect_timeout=CONNECT_SECONDS, read_timeout=READ_SECONDS)
    return found


def connection() -> Connection:
    return table().connection


@contextmanager
def guarded() -> Iterator[None]:
    """Turns a database that does not answer into `Unavailable`."""
    try:
        yield
    except (PynamoDBException, BotoCoreError) as error:
        raise Unavailable from error


@contextmanager
def transaction() -> Iterator[TransactWrite]:
    """All writes inside happen, or none.

    Raises Cancelled (conditions, contention) or Unavailable.
    """
    try:
        with TransactWrite(connection=connection()) as writes:
            yield writes
    except TransactWriteError as error:
        if _code(error) in ("TransactionCanceledException", CONFLICT):
            raise Cancelled(error.cancellation_reasons) from error
        raise Unavailable from error
    except BotoCoreError as error:
        raise Unavailable from error


def read(model: type[ModelT], pk: str, sk: str, *, consistent: bool = True) -> ModelT | None:
    """One item, or None. 1 read unit; half when not `consistent`."""
    with guarded():
        answer = table().get_item(pk, sk, consistent_read=consistent)
    raw = answer.get("Item")
    return model.from_raw_data(raw) if raw else None


def query(
    pk: str,
    *,
    where: Condition | None = None,
    only: Condition | None = None,
    index: str | None = None,
    limit: int | None = None,
    newest_first: bool = False,
    start: Raw | None = None,
    consistent: bool = False,
) -> tuple[list[Raw], Raw | None]:
    """One page of a partition as raw items, and the key to go on from (None: that was all). What
    `only` leaves out is read all the same, and not sent.
    """
    with guarded():
        answer = table().query(
            pk,
            range_key_condition=where,
            filter_condition=only,
            index_name=index,
            limit=limit,
            scan_index_forward=not newest_first,
            exclusive_start_key=start,
            consistent_read=consistent,
        )
    return answer["Items"], answer.get("LastEvaluatedKey")


def batch_read(model: type[ModelT], keys: list[tuple[str, str]]) -> list[ModelT]:
    """The items that exist among up to 100 keys, in no particular order."""
    if not keys:
        return []
    with guarded():
        return list(model.batch_get(keys))


ABSENT = Item.pk.does_not_exist()


def put(item: Item, condition: Condition | None = None) -> bool:
    """Writes one item where `condition` holds for what stands there: False means it did not."""
    try:
        item.save(condition=condition, add_version_condition=False)
    except PutError as error:
        if condition is not None and _code(error) == CONDITION:
            return False
        raise Unavailable from error
    return True


def update(item: ModelT, actions: list[Any], condition: Condition | None) -> bool:
    """Changes one item where `condition` holds (None: in any case): False means it did not. `item`
    takes the new values. Steps aside for transactions on the item.
    """
    for _ in attempts():
        try:
            item.update(actions=actions, condition=condition, add_version_condition=False)
        except UpdateError as error:
            if _code(error) == CONDITION:
                return False
            if _code(error) != CONFLICT:
                raise Unavailable from error
        else:
            return True
    raise Unavailable


def _code(error: PynamoDBException) -> str | None:
    """DynamoDB's name for the error; None when no answer came, where PynamoDB itself stumbles."""
    response = getattr(error.cause, "response", None) or {}
    code: str | None = response.get("Error", {}).get("Code")
    return code


def stamp(at: datetime) -> str:
    """A time as a sortable key part: RFC 3339 in UTC with microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

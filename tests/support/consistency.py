"""Whether everything that the table says about conversations agrees with everything else."""

from collections import Counter
from typing import Any

from chalicelib.domain.conversation import Conversation, Status
from chalicelib.domain.message import AuthorKind, Direction
from chalicelib.store import conversations, heads, keys, messages, pools
from tests.support.units import Snapshot, snapshot

Where = tuple[str, str]


def history(conversation_id: str) -> list[tuple[int, str, str]]:
    """(seq, client id, body) of every stored message, by seq."""
    found, after = [], 0
    while page := messages.following(conversation_id, after):
        found += [(each.seq, each.draft.client_id, each.draft.body) for each in page]
        after = page[-1].seq
    return found


def check() -> list[Conversation]:
    """Asserts that the whole table is consistent; returns its conversations.

    Messages are gapless and end at the head's seq, each with its client id once; the counts of the
    head are those of its messages; queued means in its branch's queue and counted in its pool;
    loads are the assigned conversations; lists have what they should.
    """
    table = snapshot()
    talks = [heads.from_raw(raw) for raw in table.values() if raw["sk"]["S"] == keys.HEAD]
    for talk in talks:
        _messages_are_gapless(table, talk)
        _state_is_possible(talk)
        assert table[keys.conversation(talk.id), keys.EVIDENCE]
    _messages_have_heads(table, talks)
    _queues_agree(table, talks)
    _loads_agree(table, talks)
    _lists_agree(talks)
    return talks


def _messages_are_gapless(table: Snapshot, talk: Conversation) -> None:
    pk = keys.conversation(talk.id)
    own = [messages.from_raw(raw) for where, raw in sorted(table.items()) if _is(where, pk, "M#")]
    assert [each.seq for each in own] == list(range(1, talk.seq + 1)), talk
    said = Counter((each.draft.author.id, each.draft.client_id) for each in own)
    assert set(said.values()) <= {1}, talk
    assert talk.visitor_read <= talk.seq, talk
    incoming = [each for each in own if each.draft.direction is Direction.IN]
    assert talk.in_count == len(incoming), talk
    replies = [each.seq for each in own if each.draft.author.kind is AuthorKind.OPERATOR]
    answered = [each for each in incoming if replies and each.seq < replies[-1]]
    assert talk.answered_count == len(answered) <= talk.read_count <= talk.in_count, talk
    assert talk.last_direction is own[-1].draft.direction, talk
    assert talk.activity_at == own[-1].draft.at, talk


def _is(where: Where, pk: str, prefix: str) -> bool:
    return where[0] == pk and where[1].startswith(prefix)


def _state_is_possible(talk: Conversation) -> None:
    if talk.status is Status.OPEN:
        assert talk.queued == (talk.assignee is None), talk
    else:
        assert not talk.queued, talk
        assert talk.assignee is not None, talk


def _messages_have_heads(table: Snapshot, talks: list[Conversation]) -> None:
    known = {keys.conversation(talk.id) for talk in talks}
    assert {pk for pk, _ in table if pk.startswith(keys.conversation(""))} == known


def _queues_agree(table: Snapshot, talks: list[Conversation]) -> None:
    waiting = Counter(
        (pk.removeprefix(keys.queue("")), raw["conversation_id"]["S"])
        for (pk, _), raw in table.items()
        if pk.startswith(keys.queue(""))
    )
    assert waiting == Counter((talk.branch_id, talk.id) for talk in talks if talk.queued)
    for pool in pools.load_many(["ekb", "msk"]):
        queued = sum(branch_id == pool.branch_id for branch_id, _ in waiting)
        assert pool.queued == queued, pool


def _loads_agree(table: Snapshot, talks: list[Conversation]) -> None:
    held = _held(talks)
    for pool in pools.load_many(["ekb", "msk", pools.NO_BRANCH]):
        for member in pool.members:
            assert member.open == held[member.operator_id], member


def _held(talks: list[Conversation]) -> Counter[str]:
    return Counter(
        talk.assignee.id for talk in talks if talk.assignee and talk.status is Status.OPEN
    )


def _lists_agree(talks: list[Conversation]) -> None:
    for operator_id in {talk.assignee.id for talk in talks if talk.assignee}:
        own = sorted(
            talk.id
            for talk in talks
            if talk.assignee and talk.assignee.id == operator_id and talk.status is Status.OPEN
        )
        assert sorted(conversations.mine(operator_id)) == own
    for branch_id in {talk.branch_id for talk in talks}:
        for partition, is_open in (
            (keys.view_open(branch_id), True),
            (keys.view_closed(branch_id), False),
        ):
            viewed: Any = conversations.view(partition, 1000, None)
            expected = [
                talk.id
                for talk in talks
                if talk.branch_id == branch_id and (talk.status is Status.OPEN) == is_open
            ]
            assert sorted(each.id for _, each in viewed) == sorted(expected)

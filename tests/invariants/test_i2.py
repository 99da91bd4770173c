"""I2: every change (message, assignment, read mark, status) reaches each connected client, or its
resume; a silent loss shows within one ping.

The widget and the panel as they ship run in Node (`i2/`), under a clock of their own and over a
network that loses, repeats, reorders and cuts; what they ask, the handlers answer here.
"""

import gc
import json
import random
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any
from unittest.mock import patch

import jwt
import msgspec
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSResponse

from app import app, connect, disconnect, message
from chalicelib import parallel, present
from chalicelib.actions import retention, staff
from chalicelib.api import endpoint, sockets
from chalicelib.domain import access
from chalicelib.domain.conversation import Conversation, Status
from chalicelib.domain.operator import Operator, Presence
from chalicelib.store import heads, keys, messages
from infra.local import shortcuts
from infra.local.emulator import dynamodb, request_scope
from infra.local.settings import ACCOUNT, REGION
from tests.support import company, door, emulators
from tests.support.company import ANNA, ELENA, OLEG
from tests.support.environment import TABLE
from tests.support.line import LINE, Call, Go, written
from tests.support.sockets import Socket

SCHEDULE = Path(__file__).parent / "i2/schedule.mjs"
SCHEDULES = 1000
SEED = 2
PEOPLE = {each.id: each for each in (ANNA, OLEG, ELENA)}
NEWEST = 20
"""So many messages of a conversation are compared."""

Said = dict[str, Any]

otherwise: dict[str, str] | None = None
"""A line of the pages that is another for once: `tests.mutate.clients`."""


class _Moments(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, datetime)


class Clock(datetime, metaclass=_Moments):
    """The time of the world, for who asks `datetime` for it."""

    moment = datetime(2100, 3, 1, 9, tzinfo=UTC)

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return cls.moment


class Threads:
    """Calls that would overlap, one after another: nothing here waits for a network."""

    @staticmethod
    def submit(call: Callable[[], Any]) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(call())
        except Exception as error:
            future.set_exception(error)
        return future


class Server:
    """What the pages talk to: the handlers, and the embedded AWS's table in this process."""

    def __init__(self) -> None:
        self.failure: Said = {}
        self.ended: Said = {}
        self.stored: list[str] = []
        self._shown: dict[tuple[str, int], Any] = {}
        self._one_at_a_time = Lock()

    def hears(self, asked: Said) -> bytes:
        Clock.moment = datetime.fromtimestamp(asked["now"] / 1000, UTC)
        found = getattr(self, asked["op"])(asked)
        LINE.settle()
        frames, closed = list(LINE.frames), list(LINE.closed)
        for each in (LINE.frames, LINE.closed, LINE.calls, LINE.sent):
            each.clear()
        return msgspec.json.encode({"answer": found, "frames": frames, "closed": closed})

    # ------------------------------------------------------------ a world begins and ends

    def found(self, asked: Said) -> None:
        """A new company, its people online but at no panel yet."""
        emulators.recreate()
        company.found(*PEOPLE.values())
        for person in (ANNA, OLEG):
            staff.choose_presence(person, Presence.ONLINE, Clock.moment, random.choice)

    def failed(self, asked: Said) -> None:
        self.failure = asked

    def ends(self, asked: Said) -> None:
        self.ended = asked

    # ------------------------------------------------------------ the doors

    def rest(self, asked: Said) -> Said:
        event = door.event(asked["method"], asked["path"], asked["body"], asked["headers"])
        given = app(event, door.CONTEXT)
        assert given["statusCode"] != 500, given
        return {"status": given["statusCode"], "body": msgspec.Raw(given["body"].encode())}

    def connect(self, asked: Said) -> int:
        query = {"queryStringParameters": {"ticket": asked["ticket"]}, "headers": {}}
        status: int = connect(_event("CONNECT", asked) | query, door.CONTEXT)["statusCode"]
        return status

    def message(self, asked: Said) -> None:
        event = _event("MESSAGE", asked) | {"body": asked["text"]}
        assert message(event, door.CONTEXT)["statusCode"] != 500

    def disconnect(self, asked: Said) -> None:
        disconnect(_event("DISCONNECT", asked), door.CONTEXT)

    def gone(self, asked: Said) -> None:
        """Posts to this socket raise GoneException from now on."""
        LINE.gone.add(asked["id"])

    def retain(self, asked: Said) -> None:
        """What was resolved is closed for good, as after a week."""
        retention.close_resolved(Clock.moment + timedelta(days=30))

    # ------------------------------------------------------------ what is true

    def truths(self, asked: Said) -> list[Said]:
        """What several pages show that are opened now."""
        return [getattr(self, each["page"])(each) for each in asked["asked"]]

    def visitor(self, asked: Said) -> Said:
        """What a widget shows that is opened now."""
        claims = jwt.decode(asked["token"], options={"verify_signature": False})
        contact = self._table[keys.contact(claims["sub"])][keys.CONTACT]
        pointer = contact.get("conversation_id")
        if not pointer:
            return {"conversation": None, "messages": []}
        talk = self._talk(keys.conversation(pointer["S"]))
        return {"conversation": present.for_visitor(talk), "messages": self._newest(talk)}

    def operator(self, asked: Said) -> Said:
        """The lists by tab, and the thread, of a panel that is opened now."""
        person = PEOPLE[asked["name"]]
        talks = [self._talk(pk) for pk in list(self._table) if keys.HEAD in self._table[pk]]
        lists = {
            tab: {
                each.id: present.for_operator(each, person)
                for each in talks
                if stands_in(tab, each, person)
            }
            for tab in asked["tabs"]
        }
        viewed = [each for each in talks if each.id == asked["viewed"]]
        if not viewed or not access.may_see(person, viewed[0]):
            return {"lists": lists, "conversation": None, "messages": None}
        shown = present.for_operator(viewed[0], person)
        return {"lists": lists, "conversation": shown, "messages": self._newest(viewed[0])}

    def sees(self, asked: Said) -> bool:
        return access.may_see(PEOPLE[asked["name"]], self._talk(keys.conversation(asked["talk"])))

    def texts(self, asked: Said) -> list[str]:
        """What was stored since this was last asked, in its order."""
        found, self.stored = self.stored, []
        return found

    def _talk(self, pk: str) -> Conversation:
        return heads.from_raw(self._table[pk][keys.HEAD])

    def _newest(self, talk: Conversation) -> list[Any]:
        numbers = range(max(1, talk.seq - NEWEST + 1), talk.seq + 1)
        return [self._message(talk.id, seq) for seq in numbers]

    def _message(self, talk: str, seq: int) -> Any:
        """Messages do not change."""
        if (talk, seq) not in self._shown:
            item = self._table[keys.conversation(talk)][keys.message(seq)]
            self._shown[talk, seq] = present.message(messages.from_raw(item))
        return self._shown[talk, seq]

    # ------------------------------------------------------------ the table

    @property
    def _table(self) -> dict[str, dict[str, Said]]:
        with request_scope(ACCOUNT, REGION):
            items: dict[str, dict[str, Said]] = dynamodb._tables[TABLE]["items"]
        return items

    def database(self, call: Call, go: Go) -> AWSResponse:
        if " " in call.operation:
            return go()  # a frame
        target = {"x-amz-target": f"DynamoDB_20120810.{call.operation}"}
        body = msgspec.json.encode(call.request)
        with self._one_at_a_time, request_scope(ACCOUNT, REGION):
            handling = dynamodb.handle_request("POST", "/", target, body, {})
            try:
                handling.send(None)
            except StopIteration as ended:
                status, _, found = ended.value
        if status == 200 and call.operation == "TransactWriteItems":
            puts = [each["Put"]["Item"] for each in call.request["TransactItems"] if "Put" in each]
            self.stored += [each["body"]["S"] for each in puts if each["kind"]["S"] == "message"]
        return written(status, found)


def stands_in(tab: str, talk: Conversation, person: Operator) -> bool:
    if talk.status is not Status.OPEN:
        return False
    if tab == "mine":
        return talk.assignee is not None and talk.assignee.id == person.id
    return access.may_see(person, talk) and (tab == "all" or talk.queued)


def _event(kind: str, asked: Said) -> Said:
    return Socket(asked["id"], None).event(kind)


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    shortcuts.install()
    LINE.url = "http://embedded"
    with ExitStack() as patched:
        for module in (endpoint, sockets, jwt.api_jwt):
            patched.enter_context(patch.object(module, "datetime", Clock))
        patched.enter_context(patch.object(parallel, "_threads", Threads))
        patched.enter_context(LINE.through(server.database))
        patched.enter_context(patch.object(SigV4Auth, "add_auth", lambda *_: None))
        gc.disable()  # it would walk the whole emulator again and again
        yield server
        gc.enable()


def play(server: Server, count: int) -> None:
    """So many schedules, or as many as end well."""
    command = ["node", str(SCHEDULE), str(SEED), str(count), json.dumps(otherwise)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe) as pages:
        assert pages.stdin
        assert pages.stdout
        for line in pages.stdout:
            pages.stdin.write(server.hears(msgspec.json.decode(line)) + b"\n")
            pages.stdin.flush()
    if pages.returncode:
        raise RuntimeError("the pages broke")


def test_every_screen_shows_what_the_server_has(server: Server) -> None:
    random.seed(SEED)

    play(server, SCHEDULES)

    assert not server.failure, f"seed {SEED}: {json.dumps(server.failure, indent=1)}"
    assert server.ended.get("schedules") == SCHEDULES
    assert server.ended["texts"] > SCHEDULES

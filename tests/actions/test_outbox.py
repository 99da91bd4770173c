"""What the table's stream means to webhooks."""

import pytest
from msgspec import json
from msgspec.structs import replace

from chalicelib.actions import conversations as work
from chalicelib.actions import messages, outbox
from chalicelib.domain.attachment import Attachment, Rules, Upload, wanted
from chalicelib.domain.event import EventType
from chalicelib.domain.message import MAX_BODY, clean_body
from chalicelib.errors import Unavailable
from chalicelib.jobs import fan_out
from chalicelib.store import contacts, conversations, keys, uploads
from chalicelib.wire_webhooks import AnyEvent, Job
from tests.support import stream, units
from tests.support.company import ANNA, first, online
from tests.support.environment import DELIVERIES
from tests.support.functions import CONTEXT
from tests.support.line import LINE, Call, Go, answer, throttled
from tests.support.people import NOW, answers, asks, contact, later, visitor
from tests.support.receivers import hook

pytestmark = pytest.mark.usefixtures("_company")


def talked() -> str:
    """A visitor asks, Anna answers and closes; the conversation's id."""
    contacts.add(contact())
    online(ANNA)
    talk = messages.receive(visitor(), asks("Сколько стоит?"), None, 0, first).conversation.id
    messages.reply(ANNA, talk, answers("Сто", at=later(seconds=5)), 1)
    return talk


def jobs() -> list[Job]:
    assert all((each.queue, each.delay) == (DELIVERIES, 0) for each in LINE.sent)
    return [json.decode(each.body, type=Job) for each in LINE.sent]


def head(talk: str) -> units.Item:
    return units.snapshot()[keys.conversation(talk), keys.HEAD]


def closed(talk: str) -> stream.Record:
    """The record of Anna's closing."""
    old = head(talk)
    work.resolve(ANNA, talk, later(minutes=1), first)
    return stream.record("MODIFY", old=old, new=head(talk), number=9)


def test_a_conversation_is_four_events() -> None:
    hook()
    talk = talked()
    records = stream.inserted()

    assert outbox.fan_out([*records, closed(talk)]) is None

    found = {job.type: json.decode(job.body, type=AnyEvent) for job in jobs()}
    assert {(kind, told.id, told.seq) for kind, told in found.items()} == {
        ("conversation.created", f"{talk}-created", 2),
        ("message.in", f"{talk}-1", 1),
        ("message.out", f"{talk}-2", 2),
        ("conversation.closed", f"{talk}-closed-{found_rev(talk)}", 2),
    }
    assert found["message.in"].data.message.body == "Сколько стоит?"
    assert found["message.out"].data.message.author.name == "Anna"
    assert found["conversation.closed"].data.conversation.status == "resolved"
    assert found["conversation.closed"].timestamp == later(minutes=1)


def found_rev(talk: str) -> int:
    known = conversations.get(talk)
    assert known is not None
    return known.rev


def test_the_same_record_is_the_same_event_for_ever() -> None:
    hook()
    talked()
    records = stream.inserted()

    outbox.fan_out(records)
    outbox.fan_out(records)

    once, again = jobs()[:3], jobs()[3:]
    assert once == again


def test_each_webhook_gets_what_it_wants() -> None:
    hook("all")
    hook("closings", events=frozenset({EventType.CONVERSATION_CLOSED}))
    hook("off", enabled=False)
    hook("elsewhere", inbox_id="moscow")
    talk = talked()

    outbox.fan_out([*stream.inserted(), closed(talk)])

    wanted = sorted((job.webhook_id, job.type) for job in jobs())
    assert wanted == [
        ("all", "conversation.closed"),
        ("all", "conversation.created"),
        ("all", "message.in"),
        ("all", "message.out"),
        ("closings", "conversation.closed"),
    ]


def test_what_is_no_event_is_passed_over() -> None:
    hook()
    talk = talked()
    image = head(talk)
    others = [
        stream.record("MODIFY", old=image, new=image),
        stream.record("REMOVE", old=image),
        *(
            stream.record("INSERT", new=item)
            for item in units.snapshot().values()
            if item["kind"]["S"] not in ("conversation", "message")
        ),
    ]

    assert outbox.fan_out(others) is None
    assert LINE.sent == []


def test_without_webhooks_a_batch_costs_one_read_in_ten_seconds() -> None:
    talked()
    records = stream.inserted()

    with LINE.watched() as calls:
        outbox.fan_out(records)
        outbox.fan_out(records)

    assert [call.operation for call in calls] == ["Query"]


def test_a_message_of_an_erased_conversation_concerns_nobody() -> None:
    hook()
    contacts.add(contact())
    said = messages.receive(visitor(), asks(), None, 0, first)
    records = stream.inserted()
    conversations.heads.handle(said.conversation.id).delete()

    outbox.fan_out(records)

    assert [job.type for job in jobs()] == ["conversation.created"]


def test_the_stream_goes_on_where_the_queue_stopped() -> None:
    hook("one")
    hook("two")
    contacts.add(contact())
    talk = messages.receive(visitor(), asks(), None, 0, first).conversation.id
    for number in range(1, 12):
        messages.receive(visitor(), asks(), talk, number, first)
    records = stream.inserted()
    batches = []

    def second_is_refused(call: Call, go: Go) -> object:
        if call.operation == "SendMessageBatch":
            batches.append(call)
            if len(batches) == 2:
                failed = [{"Id": "3", "Code": "ServiceUnavailable", "SenderFault": False}]
                for each in call.request["Entries"][:3]:
                    LINE.sent.append(type(LINE.sent[0])(DELIVERIES, each["MessageBody"], 0))
                return answer(200, {"Successful": [], "Failed": failed})
        return go()

    with LINE.through(second_is_refused):  # type: ignore[arg-type]  # an answer, as Plan says
        number = outbox.fan_out(records)

    assert number is not None
    outbox.fan_out([each for each in records if each["dynamodb"]["SequenceNumber"] >= number])
    everything = {(job.webhook_id, job.event_id) for job in jobs()}
    assert len(everything) == 2 * len(records)


def test_a_dead_database_gives_the_batch_back() -> None:
    hook()
    talked()
    records = stream.inserted()

    with LINE.through(throttled), pytest.raises(Unavailable):
        outbox.fan_out(records)

    assert LINE.sent == []


def test_the_function_tells_lambda_where_to_go_on() -> None:
    hook()
    talked()
    records = stream.inserted()

    def dead(call: Call, go: Go) -> object:
        if call.operation == "SendMessageBatch":
            return answer(503, {"__type": "ServiceUnavailable"})
        return go()

    with LINE.through(dead):  # type: ignore[arg-type]  # an answer, as Plan says
        told = fan_out({"Records": records}, CONTEXT)

    assert told == {
        "batchItemFailures": [{"itemIdentifier": records[0]["dynamodb"]["SequenceNumber"]}]
    }
    assert fan_out({"Records": records}, CONTEXT) == {"batchItemFailures": []}


@pytest.mark.parametrize("letter", ["a", "я", "😀", '"', "\\", "\n", "\x01", "\u2028"])
def test_the_longest_message_with_ten_files_is_less_than_24_kb(letter: str) -> None:
    hook()
    contacts.add(contact(name="Я" * 100))
    body = "." + letter * (MAX_BODY - 2) + "."
    said = replace(asks(clean_body(body), at=NOW), attachments=ten_files(f"{letter * 300}.pptx"))
    messages.receive(visitor(), said, None, 0, first)

    outbox.fan_out(stream.inserted())

    assert max(len(job.body.encode()) for job in jobs()) < 24_000


def test_a_file_is_told_of_without_a_link() -> None:
    hook()
    contacts.add(contact())
    (file, *_) = ten_files("смета.pptx")
    messages.receive(visitor(), replace(asks("", at=NOW), attachments=(file,)), None, 0, first)

    outbox.fan_out(stream.inserted())

    (told,) = (json.decode(job.body) for job in jobs() if job.type == "message.in")
    assert told["data"]["message"]["attachments"] == [
        {
            "id": file.id,
            "name": "смета.pptx",
            "type": PPTX,
            "size": 25_000_000,
            "width": None,
            "height": None,
            "thumbnail": False,
        }
    ]


PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def ten_files(name: str) -> tuple[Attachment, ...]:
    """Checked, so that they may go with a message."""
    rules = Rules(max_bytes=25_000_000)
    files = [wanted(rules, f"{each:032}", name, PPTX, 25_000_000) for each in range(10)]
    for file in files:
        upload = Upload(
            attachment=file,
            uploader="visitor:vera",
            contact_id="vera",
            conversation_id=None,
            thumbnail_size=None,
        )
        uploads.begin(upload, NOW)
        uploads.check(file)
    return tuple(files)

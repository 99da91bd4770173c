"""The runners of schedules, queues and the table's stream."""

import threading
from pathlib import Path

import pytest

from infra.local.queues import QueueRunner, queue_handlers
from infra.local.schedules import Schedules, seconds_of
from infra.local.streams import StreamRunner, stream_handlers
from tests.local.conftest import EmbeddedAws, create_table, eventually
from tests.local.toy import make_app


@pytest.mark.parametrize(
    ("expression", "seconds"),
    [("rate(1 minute)", 60), ("rate(5 minutes)", 300), ("rate(2 hours)", 7200)],
)
def test_a_rate_in_seconds(expression: str, seconds: int) -> None:
    assert seconds_of(expression) == seconds


def test_what_is_no_schedule_is_refused() -> None:
    with pytest.raises(ValueError, match="not a schedule"):
        seconds_of("sometimes")


def test_schedules_run_at_their_rate_and_a_failing_one_stops_nobody() -> None:
    app, now = make_app(), [1000.0]
    schedules = Schedules(app, lambda: now[0])

    assert schedules.run_due() == []
    ran = []
    for _ in range(2 * 24 * 60):
        now[0] += 60
        ran += schedules.run_due()

    assert ran.count("tick") == 2880
    assert ran.count("other") == 2
    assert len(app.log_of["tick"]) == 2880
    assert app.log_of["tick"][0] == "1970-01-01T00:17:40Z"


def test_a_schedule_that_was_missed_runs_once() -> None:
    app, now = make_app(), [0.0]
    schedules = Schedules(app, lambda: now[0])

    now[0] = 330.0
    assert schedules.run_due() == ["tick"]
    now[0] = 359.0
    assert schedules.run_due() == []
    now[0] = 360.0
    assert schedules.run_due() == ["tick"]


def test_a_queue_repeats_only_what_failed(aws: EmbeddedAws) -> None:
    client, app = aws.client("sqs"), make_app()
    url = client.create_queue(QueueName="toy", Attributes={"VisibilityTimeout": "0"})["QueueUrl"]
    for body in ("one", "fails once", "two"):
        client.send_message(QueueUrl=url, MessageBody=body)
    runner = QueueRunner(app, queue_handlers(app)[0], client)

    settled = 0
    while settled < 3:
        settled += runner.poll(wait=1)

    assert sorted(app.log_of["queue"]) == ["fails once", "fails once", "one", "two"]
    assert runner.poll() == 0


def test_a_queue_that_is_made_later_is_waited_for_in_silence(
    aws: EmbeddedAws, caplog: pytest.LogCaptureFixture
) -> None:
    client, app, stop = aws.client("sqs"), make_app(), threading.Event()
    asked = threading.Event()
    client.meta.events.register("needs-retry.sqs.GetQueueUrl", lambda **_: asked.set())
    runner = QueueRunner(app, queue_handlers(app)[0], client)
    running = threading.Thread(target=runner.run, args=[stop])
    running.start()

    assert asked.wait(10)
    url = client.create_queue(QueueName="toy")["QueueUrl"]
    client.send_message(QueueUrl=url, MessageBody="late")
    assert eventually(lambda: app.log_of["queue"] == ["late"])
    stop.set()
    running.join()

    assert caplog.messages == []


def test_a_stream_is_read_from_its_start_and_continued_after_a_restart(
    aws: EmbeddedAws, tmp_path: Path
) -> None:
    table, app, stop = aws.client("dynamodb"), make_app(), threading.Event()
    create_table(table)

    def put(*names: str) -> None:
        for name in names:
            item = {"pk": {"S": name}, "sk": {"S": "-"}}
            table.put_item(TableName="things", Item=item)

    def runner(reread: float) -> StreamRunner:
        [source] = stream_handlers(app)
        client = aws.client("dynamodbstreams")
        return StreamRunner(app, source, client, "things", tmp_path, pause=0.01, reread=reread)

    put("a", "b")
    first = runner(reread=0)
    assert first.poll(stop) == 2
    assert first.poll(stop) == 0
    put("c")
    aws.kill()
    aws.start()

    assert runner(reread=60).poll(stop) == 1
    assert runner(reread=60).poll(stop) == 1
    assert app.log_of["stream"] == ["a", "b", "c", "c"]


def test_a_record_that_never_works_holds_the_others_up_only_for_its_tries(
    aws: EmbeddedAws, tmp_path: Path
) -> None:
    table, app = aws.client("dynamodb"), make_app()
    create_table(table)
    for name in ("a", "b", "poison", "c", "d"):
        table.put_item(TableName="things", Item={"pk": {"S": name}, "sk": {"S": "-"}})
    [source] = stream_handlers(app)
    streams = aws.client("dynamodbstreams")
    runner = StreamRunner(app, source, streams, "things", tmp_path, retries=2, pause=0.01)

    runner.poll(threading.Event())

    assert app.log_of["stream"] == ["a", "b", "c", "d"]

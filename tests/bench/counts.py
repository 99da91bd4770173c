"""What a send and a poll ask of DynamoDB: exact, so the same on every machine."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.api.test_budgets import Cost, counted, measured, slow
from tests.bench.report import Report
from tests.support import company, emulators, geoip, line
from tests.support.company import ANNA
from tests.support.line import LINE
from tests.support.scene import Guest, held_by
from tests.support.sockets import socket_of


def measure(report: Report) -> None:
    with _talking() as guest:
        send, stale, poll = _send(guest, guest.seq), _send(guest, 0), _poll(guest)
        with measured() as units:
            guest.say("Ещё одно")
    report.count("send_commit_round_trips", send.commit, "", 1)
    report.count("send_commit_round_trips_stale", stale.commit, "", 2)
    report.count("send_round_trips_to_sockets", send.round_trips - send.commit, "", 1)
    report.count("send_write_units", units[0], "WRU", 6)
    report.count("poll_without_news", poll.read_units, "RRU", 1)


def _send(guest: Guest, after: int) -> Cost:
    with counted() as cost, LINE.through(slow("TransactWriteItems")):
        guest.say("Сообщение", after=after)
    return cost


def _poll(guest: Guest) -> Cost:
    with counted() as cost:
        guest.poll(guest.seq)
    return cost


@contextmanager
def _talking() -> Iterator[Guest]:
    """A visitor in a conversation of Anna's, whose panel is open."""
    with line.laid(), emulators.empty_table("ministack"):
        geoip.write()
        company.found()
        guest = held_by(ANNA)
        socket_of(ANNA)
        yield guest
        LINE.reset()

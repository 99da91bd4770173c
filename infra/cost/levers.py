"""What would make it cheaper: each a change of the case, so that its saving is computed."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from infra.cost.bill import Bill, Case, bill, with_model
from infra.cost.metered import Metered

SAID = ("message_in", "message_in_by_request", "message_out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    name: str
    change: Callable[[Case], Case]


def ranked(case: Case) -> list[tuple[Lever, float, float]]:
    """With their savings in dollars, the greatest first: per million messages, a month."""
    now = bill(case)
    savings = []
    for lever in LEVERS:
        then = bill(lever.change(case))
        savings.append((lever, now.million - then.million, now.month - then.month))
    return sorted(savings, key=lambda each: (-round(each[1], 2), -each[2]))


def needed(case: Case, figure: Callable[[Bill], float], target: float) -> tuple[list[Lever], float]:
    """The fewest of the greatest, one after another, until the figure is at its target; and where
    it is then. What adds nothing to those before it is left out.
    """
    pulled: list[Lever] = []
    left = list(LEVERS)
    while left and figure(bill(case)) > target:
        best = min(left, key=lambda lever: figure(bill(lever.change(case))))
        if figure(bill(best.change(case))) > figure(bill(case)) - 0.005:
            break
        left.remove(best)
        case = best.change(case)
        pulled.append(best)
    return pulled, figure(bill(case))


def _http_api(case: Case) -> Case:
    return replace(case, prices={**case.prices, "rest_requests": 1.00e-6})


def _traces(case: Case) -> Case:
    return replace(case, deployment=replace(case.deployment, traced=0))


def _with(case: Case, **changed: Metered) -> Case:
    return replace(case, metered={**case.metered, **changed})


def _fewer_frames(case: Case, **fewer: int) -> Case:
    changed = {
        name: replace(
            case.metered[name],
            frames_out=case.metered[name].frames_out - number,
            frame_bytes=case.metered[name].frame_bytes * 2 // 3,
        )
        for name, number in fewer.items()
    }
    return _with(case, **changed)


def _less_memory(case: Case) -> Case:
    memory = {name: min(256, size) for name, size in case.deployment.memory.items()}
    return replace(case, deployment=replace(case.deployment, memory=memory))


def _assigned_at_once(case: Case) -> Case:
    first = ("first_message", "first_message_by_request")
    known = {name: case.metered[name] for name in first}
    once = {
        name: replace(each, write_units=each.write_units - 10, waits=each.waits - 3)
        for name, each in known.items()
    }
    return _with(case, **once)


def _answered_beside(case: Case) -> Case:
    """One wait for sockets less."""
    spoken = ("first_message", "message_in", "message_out", "mark_read", "visitor_mark")
    known = {name: case.metered[name] for name in spoken}
    beside = {name: replace(each, post_waits=each.post_waits - 1) for name, each in known.items()}
    return _with(case, **beside)


def _no_stream(case: Case) -> Case:
    return with_model(case, streamed=0)


def _supervisors_by_ping(case: Case) -> Case:
    told = dict.fromkeys((*SAID, "open"), 1)
    return _fewer_frames(case, **told)


LEVERS = (
    Lever(
        name="Post the answer to a call together with the frames to the others, not after them",
        change=_answered_beside,
    ),
    Lever(name="Trace nothing but what is looked for", change=_traces),
    Lever(
        name="An HTTP API instead of the REST API ($1.00 instead of $3.50 a million; no gateway "
        "responses of our own, no WAF on the API itself)",
        change=_http_api,
    ),
    Lever(
        name="Send the row that changed to every panel that lists it, and fetch lists only after a "
        "break (`list_rev` in the frame)",
        change=lambda case: with_model(case, list_changes=0.2),
    ),
    Lever(
        name="Switch the stream's function off while no inbox has a webhook",
        change=_no_stream,
    ),
    Lever(
        name="Write the access log of failures only",
        change=lambda case: with_model(case, access_log_bytes=10, socket_log_bytes=5),
    ),
    Lever(
        name="Give the socket functions and the API 256 MB (waiting costs half, work takes twice "
        "as long: 20 ms more on a send)",
        change=_less_memory,
    ),
    Lever(
        name="Assign a new conversation in the transaction that creates it when somebody is free "
        "(10 units and 3 round trips less)",
        change=_assigned_at_once,
    ),
    Lever(
        name="Operators ping every 50 s (a lease lasts 75 s)",
        change=lambda case: with_model(case, ping_seconds=50),
    ),
    Lever(
        name="Tell supervisors of conversations they do not look at by their next ping only",
        change=_supervisors_by_ping,
    ),
    Lever(
        name="Call the API at its own address instead of by way of the edge (API Gateway sees the "
        "visitor's address itself)",
        change=lambda case: replace(case, deployment=replace(case.deployment, through_edge=False)),
    ),
)

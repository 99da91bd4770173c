"""The cost report: docs/costs.md, and what `make cost` prints."""

from collections.abc import Iterator
from pathlib import Path

from infra.cost import levers, prices
from infra.cost.bill import Bill, Case, Usage, bill, webhook
from infra.cost.prices import PRICES

FILE = Path(__file__).parents[2] / "docs/costs.md"
PER_MILLION, MONTH, NEXT = 14.0, 8.0, 8.50
"""Dollars: the first targets, and where the first is to go."""


def met(case: Case) -> bool:
    made = bill(case)
    return made.million <= PER_MILLION and made.month <= MONTH


def markdown(case: Case) -> str:
    return "\n".join(_lines(case)) + "\n"


def _lines(case: Case) -> Iterator[str]:
    made, model = bill(case), case.model
    firewall = sum(PRICES[name].each * number for name, number in case.deployment.waf.items())
    yield _INTRODUCTION.format(date=prices.DATE, region=prices.REGION)
    yield _row("", "", "target") + "\n|---|--:|---|"
    yield _row(
        "1,000,000 messages: sent, shown, marked read, with pings, preflights, stream, logs",
        _usd(made.million),
        _verdict(made.million, PER_MILLION),
    )
    yield _row(
        "the same with everything else that comes of conversations",
        _usd(made.million_with_all),
        "",
    )
    yield _row(
        f"a month of {model.conversations:,} conversations × {model.messages} messages, "
        f"{model.panels} panels at work",
        _usd(made.month),
        _verdict(made.month, MONTH),
    )
    yield _row(
        "fixed besides: alarms, metrics, dashboard, recovery", _usd(made.dollars(made.fixed)), ""
    )
    yield _row(f"the firewall, when on, and {_price('waf_requests')} requests", _usd(firewall), "")
    yield _row("1,000,000 events to one webhook", _usd(webhook(case)), "") + "\n"
    yield from _by_heading(made)
    yield from _by_price(made)
    yield from _fixed(made)
    yield from _levers(case)
    yield from _acts(case)
    yield _HOW


def _by_heading(made: Bill) -> Iterator[str]:
    yield "## For what\n\n| | per million messages | a month |\n|---|--:|--:|"
    for heading, usage in _dearest(made, made.said):
        yield _row(heading, _usd(made.per_million(usage)), _usd(made.dollars(usage)))
    yield _row("**messages**", f"**{_usd(made.million)}**", "")
    for heading, usage in _dearest(made, made.talk):
        yield _row(heading, _usd(made.per_million(usage)), _usd(made.dollars(usage)))
    yield _row("**conversations**", f"**{_usd(made.million_with_all)}**", "")
    for heading, usage in _dearest(made, made.standing):
        yield _row(f"{heading}, whoever writes", "", _usd(made.dollars(usage)))
    yield _row("**together**", "", f"**{_usd(made.month)}**") + "\n"


def _dearest(made: Bill, parts: dict[str, Usage]) -> list[tuple[str, Usage]]:
    return sorted(parts.items(), key=lambda each: -made.dollars(each[1]))


def _by_price(made: Bill) -> Iterator[str]:
    yield "## To which meter of AWS\n"
    yield "| unit | list price | per million messages | a month |\n|---|--:|--:|--:|"
    for name, (million, month) in sorted(made.lines.items(), key=lambda each: -each[1][1]):
        price = PRICES[name]
        linked = f"[{price.unit}]({price.source})"
        yield _row(linked, _price(name), _usd(million), _usd(month))
    yield ""


def _fixed(made: Bill) -> Iterator[str]:
    yield "## Fixed\n\n| | number | a month |\n|---|--:|--:|"
    for name, amount in made.fixed.items():
        dollars = _usd(amount * PRICES[name].each)
        yield f"| [{PRICES[name].unit}]({PRICES[name].source}) | {amount:.3g} | {dollars} |"
    yield ""


def _levers(case: Case) -> Iterator[str]:
    yield f"## What would bring a million to {_usd(NEXT)}\n"
    yield "Each alone; savings of several overlap.\n"
    yield "| | change | saves per million messages | saves a month |\n|--:|---|--:|--:|"
    numbers = {}
    for number, (lever, million, month) in enumerate(levers.ranked(case), start=1):
        numbers[lever.name] = number
        yield _row(str(number), lever.name, _usd(million), _usd(month))
    yield "\nThe shortest ways, each step computed after those before it:\n"
    for target in (PER_MILLION, NEXT):
        pulled, left = levers.needed(case, lambda made: made.million, target)
        yield _way("a million messages", target, [numbers[each.name] for each in pulled], left)
    pulled, left = levers.needed(case, lambda made: made.month, MONTH)
    yield _way("a month", MONTH, [numbers[each.name] for each in pulled], left) + "\n"


def _way(what: str, target: float, steps: list[int], left: float) -> str:
    if not steps:
        return f"- {what} for {_usd(target)}: it is there."
    enough = "" if left <= target else f", which is not enough: {_usd(left - target)} are left"
    return f"- {what} for {_usd(target)}: {', '.join(map(str, steps))} give {_usd(left)}{enough}."


def _acts(case: Case) -> Iterator[str]:
    yield "## What was metered\n"
    yield (
        "| act | function | write units | read units | frames | queue | round trips | CPU, ms |\n"
        "|---|---|--:|--:|--:|--:|--:|--:|"
    )
    for name, each in case.metered.items():
        yield (
            f"| {name} | {each.function} | {each.write_units:g} | {each.read_units:g} "
            f"| {each.frames_in + each.frames_out} | {each.queue_requests} | {each.waits} "
            f"+ {each.post_waits} | {each.cpu_ms:g} |"
        )
    yield ""


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _usd(dollars: float) -> str:
    return f"${dollars:,.2f}"


def _price(name: str) -> str:
    price = PRICES[name]
    per = "" if price.per == 1 else f" / {price.per:,.0f}"
    return f"${price.dollars:g}{per}"


def _verdict(dollars: float, target: float) -> str:
    return (
        f"≤ {_usd(target)}: {'met' if dollars <= target else f'missed by {_usd(dollars - target)}'}"
    )


_INTRODUCTION = """# What it costs

Written by `make cost`: it meters every act on the local stack and multiplies by AWS's list prices
of {date} in {region}, without any free tier. Do not edit. How often each act happens is assumed
in `infra/cost/model.py`; nobody has seen a bill of this yet.
"""

_HOW = """## How it is counted

- Units by DynamoDB's rules, from the items before and after each write (both emulators count some
  of them wrong): 1 kB a write unit, twice in a transaction, each changed index entry; 4 kB a read
  unit, half when eventually consistent. Every process is taken to have forgotten its settings, as
  it has with little traffic.
- Billed time = CPU time of the handler (scaled to the machine of the budgets, then 1.5 for an
  arm64 processor, then by the share of a processor that the function's memory buys) + round trips
  × 5 ms + frames to sockets × 12 ms + 2 % cold starts of 600 ms; times memory. The CPU time
  includes some of the meter's own.
- Round trips are those that follow one another: to DynamoDB and the queue + to sockets.
- Messages, read marks, lists and opened conversations go over the open socket: a frame, and its
  answer. Who polls sends by requests (`…_by_request`). Frames and messages are taken to come at
  random moments of the conversation: so long a silence that a visitor pings is rare, and a message
  often comes in a minute that had one, which leaves the entry in the view's index in its place.
  What was metered is a message in a new minute.
- A frame of up to 32 KB is one message. Lambda reads the stream for nothing, schedules are free.
  Functions write no line when all goes well; API Gateway's access logs are counted.
- Only AWS can prove the latencies, the share of cold starts and the speed of arm64; replace the
  assumptions by what CloudWatch shows after a month.
"""

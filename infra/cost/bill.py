"""From acts to dollars: how often each happens by the model, what it asks of AWS, what it costs."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, get_args

from chalicelib.telemetry import Metric
from infra import template
from infra.cost.metered import Metered
from infra.cost.model import Model
from infra.cost.prices import PRICES

Usage = dict[str, float]
"""Amounts by the name of their price."""

GB = 1e9
MINUTES_A_MONTH = 43_830
DAYS_A_MONTH = 30
HEADERS = 500
"""Bytes of an answer's headers."""
SECRETS = {"APIHandler": 2, "WebsocketConnect": 1, "WebsocketMessage": 1}
"""How many a function's process decrypts when it starts, as their policies list them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """What the templates say that costs: megabytes by function, share of traced requests.

    `through_edge`: the API is reached by way of CloudFront.
    """

    memory: Mapping[str, int]
    traced: float
    fixed: Mapping[str, float]
    waf: Mapping[str, float]
    through_edge: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything that a figure depends on."""

    metered: Mapping[str, Metered]
    model: Model
    deployment: Deployment
    prices: Mapping[str, float] = field(
        default_factory=lambda: {name: price.each for name, price in PRICES.items()}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What a month uses, by heading: of messages, of conversations besides, of whoever writes."""

    said: dict[str, Usage]
    talk: dict[str, Usage]
    standing: dict[str, Usage]
    fixed: Usage
    prices: Mapping[str, float]
    messages: int

    def dollars(self, *parts: Usage) -> float:
        return sum(self.prices[name] * amount for name, amount in _sum(*parts).items())

    def per_million(self, *parts: Usage) -> float:
        """Dollars per million messages."""
        return self.dollars(*parts) / self.messages * 1e6

    @property
    def million(self) -> float:
        return self.per_million(*self.said.values())

    @property
    def million_with_all(self) -> float:
        return self.per_million(*self.said.values(), *self.talk.values())

    @property
    def month(self) -> float:
        return self.dollars(*self._all())

    @property
    def lines(self) -> dict[str, tuple[float, float]]:
        """By price: dollars per million messages, dollars a month without what is fixed."""
        said = _sum(*self.said.values())
        return {
            name: (self.per_million({name: said.get(name, 0)}), self.dollars({name: amount}))
            for name, amount in _sum(*self._all()).items()
            if amount
        }

    def _all(self) -> list[Usage]:
        return [*self.said.values(), *self.talk.values(), *self.standing.values()]


def deployment() -> Deployment:
    """As the templates stand."""
    found = template.load()
    resources: dict[str, dict[str, Any]] = found["Resources"]
    functions = {name: (each.get("Properties") or {}) for name, each in resources.items()}
    memory = {n: int(p["MemorySize"]) for n, p in functions.items() if "MemorySize" in p}
    kinds = Counter(each.get("Type", "") for each in resources.values())
    alarms = [p for n, p in functions.items() if _type(resources, n) == "AWS::CloudWatch::Alarm"]
    rules = [p for n, p in functions.items() if _type(resources, n) == "AWS::XRay::SamplingRule"]
    return Deployment(
        memory=memory,
        # Without a rule AWS traces the first request of each second and 5 % of the others: with
        # little traffic, all.
        traced=float(rules[0]["SamplingRule"]["FixedRate"]) if rules else 1.0,
        fixed={
            "alarm_metrics": sum(_alarm_metrics(each) for each in alarms),
            "custom_metrics": len(get_args(Metric)) + kinds["AWS::Logs::MetricFilter"],
            "dashboards": kinds["AWS::CloudWatch::Dashboard"],
        },
        waf={"web_acls": 1, "waf_rules": 2},
    )


def _type(resources: Mapping[str, Mapping[str, Any]], name: str) -> str:
    return str(resources[name].get("Type", ""))


def _alarm_metrics(alarm: Mapping[str, Any]) -> int:
    return sum("MetricStat" in each for each in alarm.get("Metrics", ())) or 1


def bill(case: Case) -> Bill:
    """A month of the model."""
    model = case.model
    stored = model.stored_kilobytes * 1e3 * model.conversations * model.kept_months / GB
    return Bill(
        said=_by_month(_message(case), model),
        talk={**_by_month(_conversation(case), model), "storage": {"table_gb_months": stored}},
        standing=_standing(case),
        fixed={**case.deployment.fixed, "backup_gb_months": stored},
        prices=case.prices,
        messages=model.conversations * model.messages,
    )


def _by_month(parts: dict[str, Usage], model: Model) -> dict[str, Usage]:
    return {heading: _times(usage, model.conversations) for heading, usage in parts.items()}


def _message(case: Case) -> dict[str, Usage]:
    """What the messages of one conversation ask for, and the sockets meanwhile."""
    m = case.model
    minutes = m.chat_minutes * (1 - m.polling)
    return {
        "messages: sent, stored, shown": _sum(
            _acts(
                case,
                first_message=1 - m.polling,
                first_message_by_request=m.polling,
                message_in=(m.messages_in - 1) * (1 - m.polling),
                message_in_by_request=(m.messages_in - 1) * m.polling,
                message_out=m.messages_out,
            ),
            {"write_units": -m.same_minute * (m.messages - 1)},
        ),
        "operators' read marks": _acts(case, mark_read=m.operator_marks),
        "visitors' read marks": _sum(
            _acts(
                case,
                visitor_mark=m.visitor_marks * (1 - m.polling),
                visitor_mark_by_request=m.visitor_marks * m.polling,
            ),
            # Metered with its operator looking, who is the only one to be told.
            {"frames": -m.visitor_marks * (1 - m.polling) * (1 - m.marked_read)},
        ),
        "pings and open sockets of visitors who talk, polls": _sum(
            _acts(
                case,
                visitor_ping=m.visitor_pings * (1 - m.polling),
                poll=m.polling * m.chat_minutes * 60 / m.poll_seconds,
            ),
            {"socket_minutes": minutes},
        ),
        "preflights": _times(_preflight(case), m.polling * m.preflights),
        "the stream's function": _sum(
            _acts(case, fan_out=m.streamed * (m.messages + 2 + m.timed)),
            {"stream_reads": m.streamed * (m.messages + 2 + m.timed)},
        ),
    }


def _conversation(case: Case) -> dict[str, Usage]:
    """What one conversation asks for besides."""
    m = case.model
    sockets = (1 + m.page_changes) * (1 - m.polling)
    closed = _act(case, "close")
    return {
        "visitors arriving and coming back": _acts(
            case,
            arrive=1,
            come_back=m.page_changes,
            visitor_connect=sockets,
            visitor_disconnect=sockets,
        ),
        "visitors who only look": _times(
            _sum(
                _acts(
                    case,
                    arrive=1,
                    visitor_connect=1,
                    visitor_disconnect=1,
                    visitor_ping=m.looker_minutes * 60 / m.visitor_ping_seconds,
                ),
                {"socket_minutes": m.looker_minutes},
            ),
            m.lookers,
        ),
        "who is writing": _acts(
            case,
            typing_in=m.typed * (m.messages_in - 1) * (1 - m.polling),
            typing_out=m.typed * m.messages_out,
        ),
        "operators opening conversations": _acts(case, open=m.opens, looking_ping=m.opens),
        "operators' lists fetched anew": _acts(case, lists=m.branch_panels * m.list_changes),
        "resolving": _acts(case, resolve=1),
        # Queued, received, deleted; most find that the conversation was opened meanwhile.
        "timers and escalations": _sum(
            _acts(case, escalate=m.escalated),
            {"queue_requests": 3 * m.rung, "invocations": max(0, m.rung - m.escalated)},
        ),
        "retention": {name: closed[name] for name in ("write_units", "read_units")},
        "loader and widget": {
            "edge_requests": m.loader_downloads + m.widget_downloads,
            "edge_gb": (m.loader_downloads * 1_500 + m.widget_downloads * 21_000) / GB,
        },
    }


def _standing(case: Case) -> dict[str, Usage]:
    """What a month asks for, however many write."""
    m = case.model
    opened = 1 + m.reconnects
    shift = _acts(
        case,
        sign_in=1,
        operator_refresh=m.refreshes,
        directory=opened,
        list=opened,
        lists=opened,
        presence=m.presences,
        operator_ticket=opened,
        operator_connect=opened,
        operator_disconnect=opened,
        operator_ping=m.shift_hours * 3600 / m.ping_seconds,
    )
    return {
        "operators' shifts": _sum(
            _times(_sum(shift, {"socket_minutes": m.shift_hours * 60}), m.panels * m.shifts),
            {"edge_requests": 10 * m.panels, "edge_gb": m.panel_kilobytes * 1e3 * m.panels / GB},
        ),
        "minute tick, daily retention": _sum(
            _acts(case, tick=MINUTES_A_MONTH, close=DAYS_A_MONTH),
            {
                "schedule_runs": MINUTES_A_MONTH + DAYS_A_MONTH,
                "log_gb": m.tick_log_bytes * MINUTES_A_MONTH / GB,
            },
        ),
        "Lambda waiting at the two queues": {
            "queue_requests": 2 * m.queue_pollers * MINUTES_A_MONTH * 60 / m.queue_poll_seconds
        },
    }


def webhook(case: Case) -> float:
    """Dollars of a million events to one webhook, delivered at the first attempt."""
    event = _sum(
        _acts(case, fan_out_to_a_webhook=1, deliver=1, fan_out=-1),
        {"queue_requests": 2, "log_gb": case.model.delivery_log_bytes / GB},
    )
    return sum(case.prices[name] * amount for name, amount in event.items()) * 1e6


def _acts(case: Case, **times: float) -> Usage:
    return _sum(*(_times(_act(case, name), often) for name, often in times.items()))


def _act(case: Case, name: str) -> Usage:
    """What one act asks for."""
    each, m, deployed = case.metered[name], case.model, case.deployment
    usage: Usage = {
        "invocations": 1,
        "gb_seconds": deployed.memory[each.function] / 1024 * _billed_ms(case, each) / 1000,
        "write_units": each.write_units,
        "read_units": each.read_units,
        "frames": each.frames_in + each.frames_out,
        "gateway_gb": each.frame_bytes / GB,
        "queue_requests": each.queue_requests,
        "traces": deployed.traced,
        "decryptions": m.cold * SECRETS.get(each.function, 0),
    }
    if each.rest:
        return _sum(usage, _request(case, each.answer_bytes))
    if each.function.startswith("Websocket"):
        return _sum(usage, {"log_gb": m.socket_log_bytes / GB})
    return usage


def _billed_ms(case: Case, each: Metered) -> float:
    m = case.model
    share = min(1, case.deployment.memory[each.function] / m.full_processor_mb)
    return (
        each.cpu_ms * m.arm_slowdown / share
        + each.waits * m.wait_ms
        + each.post_waits * m.post_ms
        + 0.5  # AWS rounds up to a millisecond
        + m.cold * m.start_ms
    )


def _request(case: Case, answer_bytes: int) -> Usage:
    request: Usage = {"rest_requests": 1, "log_gb": case.model.access_log_bytes / GB}
    out = (answer_bytes + HEADERS) / GB
    if case.deployment.through_edge:
        return request | {"edge_requests": 1, "edge_functions": 1, "edge_gb": out}
    return request | {"gateway_gb": out}


def _preflight(case: Case) -> Usage:
    """API Gateway answers it; no function runs."""
    return _sum(_request(case, 0), {"traces": case.deployment.traced})


def _times(usage: Usage, often: float) -> Usage:
    return {name: amount * often for name, amount in usage.items()}


def _sum(*parts: Usage) -> Usage:
    total: Usage = {}
    for part in parts:
        for name, amount in part.items():
            total[name] = total.get(name, 0) + amount
    return total


def with_model(case: Case, **changes: Any) -> Case:
    return replace(case, model=replace(case.model, **changes))

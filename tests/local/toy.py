"""A small Chalice app which answers with what it was given, and remembers its events."""

import threading
import time
from typing import Any

from chalice.app import (
    Blueprint,
    Chalice,
    CloudWatchEvent,
    CORSConfig,
    DynamoDBEvent,
    Rate,
    Response,
    SQSEvent,
    WebsocketEvent,
)

CORS = CORSConfig(allow_headers=["Authorization"], max_age=86400)
Event = dict[str, Any]


def make_app() -> Chalice:
    """A fresh app; its events are in `app.log_of`, by handler."""
    app = Chalice(app_name="toy")
    app.experimental_feature_flags.update(["WEBSOCKETS"])
    app.log_of = {"connect": [], "message": [], "disconnect": [], "tick": [], "other": []}
    app.log_of |= {"queue": [], "stream": []}
    _add_routes(app)
    _add_sockets(app)
    _add_background(app)
    return app


def _add_routes(app: Chalice) -> None:
    @app.route("/health")
    def health() -> Event:
        return {"ok": True}

    @app.route("/echo/{name}", methods=["GET", "POST"], cors=CORS, content_types=["*/*"])
    def echo(name: str) -> Event:
        event = dict(app.current_request.to_dict())
        return {"name": name, "body": app.current_request.raw_body.decode(), "event": event}

    @app.route("/slow/{number}", cors=CORS)
    def slow(number: str) -> Event:
        before = app.current_request.headers["x-number"]
        time.sleep(0.002)
        after = app.current_request.headers["x-number"]
        return {"number": number, "before": before, "after": after}

    @app.route("/teapot", cors=CORS)
    def teapot() -> Response:
        return Response(b"\x00\x01", status_code=418, headers={"Content-Type": "image/png"})


def _add_sockets(app: Chalice) -> None:
    @app.on_ws_connect()
    def connect(event: WebsocketEvent) -> Event:
        app.log_of["connect"].append(event.to_dict())
        query = event.to_dict().get("queryStringParameters") or {}
        if query.get("ticket") == "raise":
            raise RuntimeError("as asked")
        return {"statusCode": 403 if query.get("ticket") == "bad" else 200}

    @app.on_ws_message()
    def message(event: WebsocketEvent) -> None:
        app.log_of["message"].append(event.to_dict())
        if event.body == "raise":
            raise RuntimeError("as asked")

    @app.on_ws_disconnect()
    def disconnect(event: WebsocketEvent) -> None:
        app.log_of["disconnect"].append(event.to_dict())


def _add_background(app: Chalice) -> None:
    parts = Blueprint(__name__)
    lock = threading.Lock()

    @parts.schedule(Rate(1, unit=Rate.MINUTES))
    def tick(event: CloudWatchEvent) -> None:
        app.log_of["tick"].append(event.time)

    @app.schedule("rate(1 day)")
    def other(event: CloudWatchEvent) -> None:
        app.log_of["other"].append(event.time)
        raise RuntimeError("a schedule that fails must not stop the others")

    @app.on_sqs_message(queue="toy", batch_size=10)
    def queue(event: SQSEvent) -> Event:
        failed = []
        for record in event:
            with lock:
                seen = app.log_of["queue"].count(record.body)
                app.log_of["queue"].append(record.body)
            if record.body == "fails once" and not seen:
                failed.append({"itemIdentifier": record.to_dict()["messageId"]})
        return {"batchItemFailures": failed}

    @app.on_dynamodb_record(stream_arn="Stream", batch_size=10, starting_position="TRIM_HORIZON")
    def stream(event: DynamoDBEvent) -> None:
        keys = [record.keys["pk"]["S"] for record in event]
        if "poison" in keys:
            raise RuntimeError("as asked")
        app.log_of["stream"] += keys

    app.register_blueprint(parts)


app = make_app()

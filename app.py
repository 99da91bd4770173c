"""The application: the doors, and nothing behind them."""

from chalice.app import Chalice, WebsocketEvent

from chalicelib import jobs, telemetry
from chalicelib.api import (
    attachments,
    details,
    endings,
    health,
    invitations,
    panel,
    settings,
    settings_company,
    settings_inboxes,
    settings_operators,
    sockets,
    widget,
)

app = Chalice(app_name="messenger", configure_logs=False)
app.experimental_feature_flags.update(["WEBSOCKETS"])
app.register_middleware(telemetry.request, "http")
app.register_middleware(telemetry.frame, "websocket")
app.register_blueprint(widget.blueprint)
app.register_blueprint(endings.blueprint)
app.register_blueprint(panel.blueprint)
app.register_blueprint(attachments.blueprint)
app.register_blueprint(details.blueprint)
app.register_blueprint(invitations.blueprint)
app.register_blueprint(settings.blueprint)
app.register_blueprint(settings_company.blueprint)
app.register_blueprint(settings_inboxes.blueprint)
app.register_blueprint(settings_operators.blueprint)
app.register_blueprint(health.blueprint)
app.register_blueprint(jobs.blueprint)


@app.on_ws_connect()
def connect(event: WebsocketEvent) -> sockets.Answer:
    return sockets.connect(event)


@app.on_ws_message()
def message(event: WebsocketEvent) -> sockets.Answer:
    return sockets.message(event)


@app.on_ws_disconnect()
def disconnect(event: WebsocketEvent) -> sockets.Answer:
    return sockets.disconnect(event)

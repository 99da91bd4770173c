"""The application: the doors, and nothing behind them."""

from chalice.app import WebsocketEvent

from chalicelib import telemetry
from chalicelib.api import attachments, details, endings, panel, sockets, widget
from chalicelib.api.doors import Doors

app = Doors("messenger")
app.experimental_feature_flags.update(["WEBSOCKETS"])
app.register_middleware(telemetry.request, "http")
app.register_middleware(telemetry.frame, "websocket")
app.register_blueprint(widget.blueprint)
app.register_blueprint(endings.blueprint)
app.register_blueprint(panel.blueprint)
app.register_blueprint(attachments.blueprint)
app.register_blueprint(details.blueprint)
app.register_when_asked("chalicelib.api.invitations", "/panel/invitation", "/panel/join")
app.register_when_asked("chalicelib.api.settings", "/panel/inboxes")
app.register_when_asked("chalicelib.api.settings_company", "/settings")
app.register_when_asked("chalicelib.api.settings_inboxes", "/settings")
app.register_when_asked("chalicelib.api.settings_operators", "/settings")
app.register_when_asked("chalicelib.api.health", "/health", "/panel/health", "/openapi.json")
app.register_when_asked("chalicelib.jobs")


@app.on_ws_connect()
def connect(event: WebsocketEvent) -> sockets.Answer:
    return sockets.connect(event)


@app.on_ws_message()
def message(event: WebsocketEvent) -> sockets.Answer:
    return sockets.message(event)


@app.on_ws_disconnect()
def disconnect(event: WebsocketEvent) -> sockets.Answer:
    return sockets.disconnect(event)

"""Visitors and operators who talk to a running stack over REST and sockets."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import aiohttp

from infra.local import demo_data

EKATERINBURG = "95.167.0.1"


async def call(
    http: aiohttp.ClientSession, path: str, body: dict[str, Any], token: str | None = None
) -> dict[str, Any]:
    """One POST that must succeed."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with http.post(f"/api{path}", json=body, headers=headers) as answer:
        text = await answer.text()
        assert answer.status < 300, f"{path}: {answer.status} {text}"
        found: dict[str, Any] = json.loads(text)
        return found


@dataclass
class Visitor:
    http: aiohttp.ClientSession
    token: str
    conversation_id: str | None = None
    seq: int = 0

    @classmethod
    async def arrive(cls, http: aiohttp.ClientSession) -> Visitor:
        welcome = await call(http, "/widget/bootstrap", {"inbox": demo_data.INBOX.id})
        return cls(http, welcome["visitor_token"])

    async def say(self, text: str, client_id: str | None = None) -> dict[str, Any]:
        """Sends a message with the right hint, as the widget does; returns it as acknowledged."""
        sent = await call(
            self.http,
            "/widget/send",
            {
                "client_id": client_id or str(uuid4()),
                "conversation_id": self.conversation_id,
                "body": text,
                "after": self.seq,
            },
            self.token,
        )
        self.conversation_id = sent["conversation"]["id"]
        self.seq = sent["message"]["seq"]
        return sent["message"]


@dataclass
class Panel:
    http: aiohttp.ClientSession
    token: str
    socket: aiohttp.ClientWebSocketResponse

    @classmethod
    async def open(cls, http: aiohttp.ClientSession, name: str) -> Panel:
        """Signs in, connects, and goes online."""
        who = {"email": demo_data.email(name), "password": demo_data.PASSWORD}
        session = await call(http, "/panel/sign_in", who)
        ticket = await call(http, "/panel/socket_ticket", {}, session["access_token"])
        socket = await http.ws_connect(f"{ticket['url']}?ticket={ticket['ticket']}")
        panel = cls(http, session["access_token"], socket)
        await call(http, "/panel/presence", {"presence": "online"}, panel.token)
        return panel

    async def hear(self, client_id: str) -> None:
        """Waits for the frame of one message."""
        async for frame in self.socket:
            heard = json.loads(frame.data)
            if heard["type"] == "message" and heard["message"]["client_id"] == client_id:
                return
        raise AssertionError("the socket was closed")

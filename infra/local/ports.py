"""Ports on the loopback address."""

import socket

from infra.local.settings import LOOPBACK


class TakenError(Exception):
    """Something else listens on the port."""


def free() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def claim(port: int) -> int:
    """The port itself if nobody listens on it, a free one for 0. Raises TakenError."""
    if port == 0:
        return free()
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise TakenError(f"port {port} is taken") from error
    return port

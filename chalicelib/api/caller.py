"""Who calls, and where they believe us to be, though CloudFront stands between them and API
Gateway.
"""

from collections.abc import Mapping
from hmac import compare_digest
from ipaddress import ip_address

from chalicelib.gateways import secrets

VIEWER = "x-messenger-viewer"
"""The viewer's address; a function at the edge overwrites whatever came in this header."""
HOST = "x-messenger-host"
"""The host that the viewer asked for, overwritten alike."""
ORIGIN = "x-messenger-origin"
"""The secret that only the distribution adds."""


def address(headers: Mapping[str, str], source_ip: str) -> str:
    """The caller's IP address; `source_ip` is what API Gateway saw, which is enough for whoever
    calls it directly.

    `X-Forwarded-For` is anybody's claim and never read. Raises Unavailable when the secret cannot
    be read.
    """
    shown, claimed = headers.get(ORIGIN), headers.get(VIEWER)
    if not shown or not claimed or not _is_ours(shown):
        return source_ip
    try:
        return str(ip_address(claimed))
    except ValueError:
        return source_ip


def root(headers: Mapping[str, str]) -> str:
    """The URL below which the caller sees this deployment, without a slash at its end; of API
    Gateway itself for whoever calls it directly.

    Raises Unavailable when the secret cannot be read.
    """
    shown, asked = headers.get(ORIGIN), headers.get(HOST)
    if shown and asked and _is_ours(shown):
        return f"https://{asked}"
    scheme = "https" if headers.get("x-forwarded-proto") == "https" else "http"
    return f"{scheme}://{headers.get('host', '')}"


def _is_ours(shown: str) -> bool:
    secret = secrets.origin_secret()
    # A header may hold what no text does; it is refused, not a failure.
    given = shown.encode(errors="surrogatepass")
    return secret is not None and compare_digest(given, secret.encode())

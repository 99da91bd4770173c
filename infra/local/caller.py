"""Who calls: the address API Gateway would have seen, or the one somebody tries a region with."""

from ipaddress import ip_address

from aiohttp import web


def source_ip(request: web.BaseRequest) -> str:
    """The caller's address.

    This gateway alone believes `X-Forwarded-For`; on AWS it is what anybody may claim.
    """
    claimed = request.headers.get("X-Forwarded-For", "").split(",")[0]
    return _address(claimed.strip()) or request.remote or "127.0.0.1"


def _address(text: str) -> str | None:
    try:
        return str(ip_address(text))
    except ValueError:
        return None

"""Who calls: the address API Gateway would have seen, or the one somebody tries a region with."""

from ipaddress import ip_address

from aiohttp import web

_VISITOR_PATHS = ("/api/widget", "/ws")


def source_ip(request: web.BaseRequest) -> str:
    """The caller's address.

    This gateway alone believes `X-Forwarded-For` and the demo page's cookie; on AWS both are
    what anybody may claim.
    """
    claims = [request.headers.get("X-Forwarded-For", "").split(",")[0]]
    if request.path.startswith(_VISITOR_PATHS):
        claims.append(request.cookies.get("demo_ip", ""))
    for claim in claims:
        address = _address(claim.strip())
        if address:
            return address
    return request.remote or "127.0.0.1"


def _address(text: str) -> str | None:
    try:
        return str(ip_address(text))
    except ValueError:
        return None

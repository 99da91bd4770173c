"""Files posted to S3 by a form, as a browser does."""

import urllib.error
import urllib.request
from collections.abc import Mapping
from email.message import Message

BOUNDARY = "a-boundary-that-no-file-of-ours-contains"


def post_form(url: str, fields: Mapping[str, str], content: bytes, name: str = "a") -> int:
    """The status."""
    head = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in fields.items()
    )
    head += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    head += "Content-Type: application/octet-stream\r\n\r\n"
    body = head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    request = urllib.request.Request(  # the emulator's address
        url, body, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}, method="POST"
    )
    return fetched(request)[0]


def fetched(what: urllib.request.Request | str) -> tuple[int, bytes, Message]:
    """Status, content and headers, of a refusal too."""
    try:
        answer = urllib.request.urlopen(what, timeout=10)
    except urllib.error.HTTPError as refused:
        answer = refused
    with answer:
        return answer.status, answer.read(), answer.headers

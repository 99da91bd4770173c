"""Files posted to S3 by a form, as a browser does."""

import urllib.request
from collections.abc import Mapping

BOUNDARY = "a-boundary-that-no-file-of-ours-contains"


def post_form(url: str, fields: Mapping[str, str], content: bytes, name: str = "a") -> int:
    """The status. Raises urllib.error.HTTPError for a refusal."""
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
    with urllib.request.urlopen(request, timeout=10) as answer:
        status: int = answer.status
    return status

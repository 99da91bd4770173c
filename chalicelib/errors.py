"""Every refusal a client can meet: its code, its HTTP status and words for the log and the
integrator.
"""


class Refusal(Exception):  # noqa: N818  # the refusals are named after what is refused
    """Base of all refusals; `code` is what clients translate, `field` names the offending input."""

    code = "invalid"
    status = 400
    words = "The request is not valid."

    def __init__(self, words: str | None = None, *, field: str | None = None) -> None:
        super().__init__(words or self.words)
        self.field = field


class BadJson(Refusal):
    code = "bad_json"
    words = "The body is not a JSON object."


class Invalid(Refusal):
    """A value of a wrong type, size or form."""


class Unauthorized(Refusal):
    code = "unauthorized"
    status = 401
    words = "The token is missing, expired or revoked."


class BadCredentials(Refusal):
    code = "bad_credentials"
    status = 401
    words = "The e-mail or the password is wrong."


class Forbidden(Refusal):
    code = "forbidden"
    status = 403
    words = "You may not do this."


class NotFound(Refusal):
    code = "not_found"
    status = 404
    words = "There is no such thing, or not for you."


class AlreadyTaken(Refusal):
    code = "already_taken"
    status = 409

    def __init__(self, holder: str) -> None:
        super().__init__(f"{holder} has already taken this conversation.")


class EmailTaken(Refusal):
    code = "email_taken"
    status = 409
    words = "This e-mail address is taken."

    def __init__(self) -> None:
        super().__init__(field="email")


class NotOpen(Refusal):
    code = "not_open"
    status = 409
    words = "The conversation is not open."


class StillOpen(Refusal):
    code = "still_open"
    status = 409
    words = "The conversation has not ended yet."


class RatingOver(Refusal):
    code = "rating_over"
    status = 409
    words = "A rating can be changed for 24 hours."


class OperatorOffline(Refusal):
    """They get it all the same when asked to `anyway`."""

    code = "operator_offline"
    status = 409

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not online.")


class BranchClosed(Refusal):
    """It waits there all the same when asked to `anyway`."""

    code = "branch_closed"
    status = 409

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is closed at this time.")


class InUse(Refusal):
    """What is to be deleted is needed by something else, which the words name."""

    code = "in_use"
    status = 409


class TooLarge(Refusal):
    code = "too_large"
    status = 413
    words = "The body is larger than 64 kB."


class TooManyRequests(Refusal):
    """`retry_after`: in so many seconds they may."""

    code = "too_many_requests"
    status = 429
    words = "Too many requests at once. Nothing is lost: repeat the request later."

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


class Unavailable(Refusal):
    """A part we depend on did not answer; nothing was lost, the client may repeat the same
    request.
    """

    code = "unavailable"
    status = 503
    words = "The service is busy. Nothing is lost: repeat the request."

"""What can go wrong on the way to AWS, in words that say what to do."""

from botocore import exceptions
from botocore.exceptions import BotoCoreError, ClientError

_EXPIRED = {"ExpiredToken", "ExpiredTokenException", "RequestExpired"}
_UNKNOWN = {
    "AuthFailure",
    "InvalidAccessKeyId",
    "InvalidClientTokenId",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
}
_DENIED = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}
_NO_CREDENTIALS = (
    exceptions.NoCredentialsError,
    exceptions.PartialCredentialsError,
    exceptions.CredentialRetrievalError,
    exceptions.TokenRetrievalError,
    exceptions.SSOTokenLoadError,
    exceptions.UnauthorizedSSOTokenError,
)
_NO_LINE = (
    exceptions.HTTPClientError,  # no connection, a proxy, TLS, a broken answer
    exceptions.EndpointConnectionError,
)


class Problem(Exception):  # noqa: N818  # it is what the person reads, not an error class to them
    """Stops a command; its words are all the person sees."""


def explained(error: BotoCoreError | ClientError) -> Problem:
    """A failure of the SDK as something a person can act on."""
    if isinstance(error, ClientError):
        return _refused(error)
    if isinstance(error, exceptions.ProfileNotFound):
        return Problem(f"{error}. `aws configure list-profiles` shows those there are.")
    if isinstance(error, exceptions.NoRegionError):
        return Problem("No region: say `region` in the stage's settings, or set AWS_REGION.")
    if isinstance(error, _NO_CREDENTIALS):
        return Problem(
            "No AWS credentials. Sign in (`aws sso login`, `aws configure`) or set AWS_PROFILE."
        )
    if isinstance(error, _NO_LINE):
        return Problem(f"AWS does not answer: {error} Check the network and repeat.")
    return Problem(str(error))


def _refused(error: ClientError) -> Problem:
    code = error.response.get("Error", {}).get("Code", "")
    words = error.response.get("Error", {}).get("Message", str(error))
    if code in _EXPIRED:
        return Problem("The AWS credentials have expired. Sign in again and repeat.")
    if code in _UNKNOWN:
        return Problem("AWS does not know these credentials. Check AWS_PROFILE or the keys.")
    if code in _DENIED:
        return Problem(f"These credentials may not do this: {words}")
    return Problem(f"AWS refused {error.operation_name} ({code}): {words}")

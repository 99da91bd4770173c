"""What of the locked packages goes into the zip, and why the rest may stay out.

Whether too much was left out, the rehearsed deployment tells: its functions run from the zip and an
interpreter without packages (tests/deploy).
"""

from pathlib import PurePosixPath

PACKAGES = frozenset(
    {
        "argon2-cffi",
        "argon2-cffi-bindings",
        "aws-lambda-powertools",
        "botocore",
        "cffi",
        "chalice",
        "geoip2",
        "jmespath",
        "maxminddb",
        "msgspec",
        "puremagic",
        "pyjwt",
        "pynamodb",
        "python-dateutil",
        "six",
        "typing-extensions",
        "tzdata",
        "urllib3",
    }
)
"""Of those in requirements.txt. Left out: what only Chalice's command line needs (its prompts, pip,
setuptools, YAML), boto3 (chalicelib/sdk.py does without), geoip2's web client (aiohttp and its
company), cffi's compiler (pycparser).
"""

SERVICES = frozenset({"apigatewaymanagementapi", "dynamodb", "s3", "sqs", "ssm"})
"""The AWS services that functions call; the SDK describes 400."""

_NEVER_USED = (
    "*.pyi",
    "*.pyx",
    "*.h",
    "*.typed",
    "__pycache__/**",
    "bin/**",
    "tests/**",
    "*.data/**",
    # For people, and for styles of using the SDK that we do not use.
    "botocore/data/*/*/examples-1.json*",
    "botocore/data/*/*/paginators-1.json*",
    "botocore/data/*/*/waiters-2.json*",
    # The deployer's tools.
    "chalice/[!_a]*",
    "chalice/[!_a]*/**",
    "chalice/a[!p]*",
    "chalice/api/**",
    # Powertools beyond its logger and metrics; it imports its tracer, too.
    "aws_lambda_powertools/event_handler/**",
    "aws_lambda_powertools/utilities/[!_]*/**",
)
_KEPT_NEVERTHELESS = (
    "aws_lambda_powertools/utilities/jmespath_utils/**",
    "aws_lambda_powertools/utilities/typing/**",
)

STAND_INS = {
    # Reads the SDK's documentation, when somebody asks for it in a terminal: by html.parser.
    "botocore/docs/bcdoc/docstringparser.py": b"class DocStringParser: ...\n",
    # Speaks HTTP/2, if h2 is there, whose version it looks up: by importlib.metadata.
    "urllib3/http2/__init__.py": b"",
}
"""Of the shipped modules, those that are imported for nothing, by what they contain instead."""

_METADATA_READERS = ("geoip2-", "maxminddb-")
"""Packages that ask for their own version when they are imported."""


def wanted(path: PurePosixPath) -> bool:
    """Whether a file of a wheel is shipped; `path` begins at the root of the zip."""
    if path.parts[0].endswith(".dist-info"):
        return path.name == "METADATA" and path.parts[0].startswith(_METADATA_READERS)
    if path.match("botocore/data/*/*/*") and path.parts[2] not in SERVICES:
        return False
    if _any(path, _KEPT_NEVERTHELESS):
        return True
    return not _any(path, _NEVER_USED)


def _any(path: PurePosixPath, patterns: tuple[str, ...]) -> bool:
    return any(_matches(path, pattern) for pattern in patterns)


def _matches(path: PurePosixPath, pattern: str) -> bool:
    """Glob, where a trailing `/**` means all below a folder that matches."""
    if not pattern.endswith("/**"):
        return path.match(pattern)
    folder = pattern.removesuffix("/**")
    return any(parent.match(folder) for parent in path.parents if parent.parts)

"""`python -m infra.deploy`: what the Makefile's targets call."""

import argparse
import os
import sys
from collections.abc import Sequence

from botocore.exceptions import BotoCoreError, ClientError

from infra.deploy import admin, deploy, destroy, geoip, redrive, rollback
from infra.deploy.desk import Desk
from infra.deploy.problem import Problem, explained


def main(arguments: Sequence[str] | None = None, desk: Desk | None = None) -> int:
    """0 when it is done, 1 with the reason on standard error, 130 after Ctrl+C."""
    asked = _parser().parse_args(arguments)
    try:
        _act(asked, desk or Desk())
    except Problem as problem:
        return _fail(problem)
    except (BotoCoreError, ClientError) as error:
        return _fail(explained(error))
    except KeyboardInterrupt:
        sys.stderr.write("\nmessenger: stopped. What AWS has begun goes on there.\n")
        return 130
    return 0


def _act(asked: argparse.Namespace, desk: Desk) -> None:
    match asked.command:
        case "check":
            deploy.check(asked.stage, desk)
        case "deploy":
            deploy.run(asked.stage, desk, yes=asked.yes)
        case "rollback":
            rollback.run(asked.stage, desk, yes=asked.yes)
        case "redrive":
            redrive.run(asked.stage, desk)
        case "destroy":
            destroy.run(asked.stage, desk, with_data=asked.data == "delete")
        case "admin":
            admin.run(asked.stage, desk, asked.email, asked.name, asked.company)
        case "geoip":
            # Not an argument: everybody on the machine can read those.
            key = os.environ.get("MAXMIND_LICENSE_KEY", "")
            geoip.run(key, asked.file, desk.geoip_layer)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="infra.deploy", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("check", "redrive"):
        commands.add_parser(name).add_argument("stage")
    for name in ("deploy", "rollback"):
        changing = commands.add_parser(name)
        changing.add_argument("stage")
        changing.add_argument("--yes", action="store_true", help="agree to the change set unseen")
    removing = commands.add_parser("destroy")
    removing.add_argument("stage")
    removing.add_argument("--data", choices=("keep", "delete"), default="keep")
    creating = commands.add_parser("admin")
    for word in ("stage", "email", "name"):
        creating.add_argument(word)
    creating.add_argument("--company", default="Messenger", help="what visitors read")
    fetching = commands.add_parser("geoip")
    fetching.add_argument("--file", default="", help="a .mmdb file, as it is or packed")
    return parser


def _fail(problem: Problem) -> int:
    sys.stderr.write(f"messenger: {problem}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())

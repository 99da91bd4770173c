"""`make admin STAGE=`: an admin of a stage, created from here with the rights of one's own
credentials: no link, and no password on its way.
"""

import os
import subprocess
import sys

from infra.deploy import place as places
from infra.deploy.problem import Problem

_FUNCTION = "APIHandler"


def run(stage: str, email: str, name: str, pace: float = 2.0) -> None:
    """Asks for the password on the terminal, or reads it from standard input. Raises Problem."""
    place = places.enter(stage, pace)
    if place.stack.status() is None:
        raise Problem(f"{stage} is not deployed. `make deploy STAGE={stage}` first.")
    done = subprocess.run(  # noqa: S603 (our own module)
        [sys.executable, "-m", "infra.create_admin", email, name],
        env={**os.environ, **_environment(place)},
        check=False,
    )
    if done.returncode:
        raise Problem("No admin was created.")


def _environment(place: places.Place) -> dict[str, str]:
    """What the deployment tells its functions."""
    found = [each for each in place.stack.resources() if each["LogicalResourceId"] == _FUNCTION]
    if not found:
        raise Problem(f"{place.stack.name} has no function {_FUNCTION}.")
    functions = place.account.client("lambda")
    about = functions.get_function_configuration(FunctionName=found[0]["PhysicalResourceId"])
    variables: dict[str, str] = about["Environment"]["Variables"]
    return variables | {"AWS_REGION": place.account.region}

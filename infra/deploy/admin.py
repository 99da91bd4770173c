"""`make admin STAGE=`: an admin of a stage, created from here with the rights of one's own
credentials: no link, and no password on its way.
"""

import os
import subprocess
import sys

from infra.deploy import place as places
from infra.deploy import rollout
from infra.deploy.desk import Desk
from infra.deploy.problem import Problem
from infra.deploy.talk import say

_FUNCTION = "APIHandler"
_FIRST_INBOX = "site"


def run(stage: str, desk: Desk, email: str, name: str, company: str) -> None:
    """Asks for the password on the terminal, or reads it from standard input. `company` is what
    visitors of the first inbox read. Raises Problem.
    """
    if "@" not in email or not name:
        raise Problem(f"Say who: make admin STAGE={stage} EMAIL=you@example.com NAME='Your Name'")
    place = places.enter(stage, desk)
    if place.stack.status() is None:
        raise Problem(f"{stage} is not deployed. `make deploy STAGE={stage}` first.")
    wanted = [f"--company={company}", f"--inbox={_FIRST_INBOX}", "--", email, name]
    done = subprocess.run(  # noqa: S603 (our own module)
        [sys.executable, "-m", "infra.create_admin", *wanted],
        env={**os.environ, **_environment(place)},
        check=False,
    )
    if done.returncode:
        raise Problem("No admin was created.")
    root = place.stack.outputs()["Url"]
    say(f"{rollout.urls(root)}\nOn your site:\n  {_snippet(root)}")


def _snippet(root: str) -> str:
    return f'<script src="{root}/widget/loader.js" data-inbox="{_FIRST_INBOX}" async></script>'


def _environment(place: places.Place) -> dict[str, str]:
    """What the deployment tells its functions."""
    found = [each for each in place.stack.resources() if each["LogicalResourceId"] == _FUNCTION]
    if not found:
        raise Problem(f"{place.stack.name} has no function {_FUNCTION}.")
    functions = place.account.client("lambda")
    about = functions.get_function_configuration(FunctionName=found[0]["PhysicalResourceId"])
    variables: dict[str, str] = about["Environment"]["Variables"]
    return variables | {"AWS_REGION": place.account.region}

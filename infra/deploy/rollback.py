"""`make rollback`: the release before the one that runs, as it was kept."""

from infra.deploy import place as places
from infra.deploy import rollout, secrets, web_acl
from infra.deploy.desk import Desk
from infra.deploy.problem import Problem
from infra.deploy.talk import say


def run(stage: str, desk: Desk, *, yes: bool) -> None:
    """Raises Problem when there is no release before."""
    place = places.enter(stage, desk)
    place.stack.check()
    if place.stack.status() is None:
        raise Problem(f"{stage} is not deployed.")
    running = place.artefacts.running()
    if running is None or running.before is None:
        raise Problem(f"{stage} has had no release before the one that runs.")
    say(f"From {running.id} back to {running.before}.")
    secret = secrets.ensure(place.stage, place.account)
    acl = web_acl.arn(place.stage, place.account)
    before = place.artefacts.release(running.before)
    rollout.run(place, before, {"OriginSecret": secret, "WebAclArn": acl}, yes=yes)

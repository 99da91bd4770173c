"""`make rollback`: the release before the one that runs, as it was kept."""

from infra.deploy import place as places
from infra.deploy import rollout, secrets
from infra.deploy.problem import Problem
from infra.deploy.talk import say


def run(stage: str, *, yes: bool, pace: float = 2.0) -> None:
    """Raises Problem when there is no release before."""
    place = places.enter(stage, pace)
    place.stack.check()
    if place.stack.status() is None:
        raise Problem(f"{stage} is not deployed.")
    running = place.artefacts.running()
    if running is None or running.before is None:
        raise Problem(f"{stage} has had no release before the one that runs.")
    say(f"From {running.id} back to {running.before}.")
    secret = secrets.ensure(place.stage, place.account)
    rollout.run(place, place.artefacts.release(running.before), secret, yes=yes)

"""A release onto its stage: the back end first, then what is served to browsers."""

from infra.deploy import front
from infra.deploy.artefacts import Release
from infra.deploy.place import Place
from infra.deploy.stack import Values
from infra.deploy.talk import say


def run(place: Place, release: Release, standing: Values, *, yes: bool) -> None:
    """Notes the release once all of it is there; until then the one before counts as running.

    `standing` are the parameters that belong to the stage, not to a release: its secret, its
    web ACL. Raises Problem.
    """
    artefacts = place.artefacts
    template = {"TemplateURL": artefacts.url(release.template)}
    parameters = release.parameters | standing
    if not place.stack.apply(template, parameters, yes=yes):
        say(f"{place.stack.name} is as this release wants it: nothing to change.")
    outputs = place.stack.outputs()
    running = artefacts.running()
    say("Uploading widget and panel.")
    front.publish(
        place.account,
        outputs,
        front.unpack(artefacts.read(release.front)),
        before=front.unpack(artefacts.read(running.front)) if running else {},
    )
    artefacts.note(release)
    say(f"\nRelease {release.id} runs.\n{urls(outputs['Url'])}")


def urls(root: str) -> str:
    return (
        f"  panel   {root}/panel/\n"
        f"  widget  {root}/widget/loader.js\n"
        f"  API     {root}/api/ (contract: {root}/api/openapi.json)"
    )

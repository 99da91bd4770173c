"""A stage: its name, what it is called on AWS, and its settings in infra/stages."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from infra.deploy.problem import Problem

_NAME = re.compile(r"[a-z][a-z0-9-]{0,15}")
# What `make deploy` finds out by itself.
COMPUTED = frozenset({"Stage", "OriginSecret", "GeoIpLayerArn", "WebAclArn"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """`region` is None where the settings leave it to the environment; `parameters` are the
    template's, as text.
    """

    name: str
    region: str | None = None
    waf: bool = False
    parameters: dict[str, str] = field(default_factory=dict)

    @property
    def stack(self) -> str:
        return f"messenger-{self.name}"

    @property
    def secrets(self) -> str:
        """The folder of the stage's SecureStrings."""
        return f"/messenger/{self.name}"


def load(name: str, folder: Path) -> Stage:
    """The stage with its settings; all have defaults. Raises Problem saying what is wrong."""
    if not _NAME.fullmatch(name) or name == "local":
        raise Problem(
            "Say which stage: STAGE=prod. A name has up to 16 small letters, digits and hyphens, "
            "begins with a letter, and is not `local`."
        )
    path = folder / f"{name}.toml"
    if not path.exists():
        return Stage(name=name)
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Problem(f"{path.name} is not TOML: {error}") from error
    return _checked(name, path.name, settings)


def _checked(name: str, file: str, settings: dict[str, Any]) -> Stage:
    region, waf = settings.pop("region", None), settings.pop("waf", False)
    parameters = settings.pop("parameters", {})
    if settings:
        raise Problem(f"{file}: `{next(iter(settings))}` is not a setting.")
    if not (region is None or isinstance(region, str)):
        raise Problem(f'{file}: `region` is a text such as "eu-central-1".')
    if not isinstance(waf, bool):
        raise Problem(f"{file}: `waf` is true or false.")
    if not isinstance(parameters, dict):
        raise Problem(f"{file}: `parameters` is a table.")
    for key, value in parameters.items():
        if key in COMPUTED:
            raise Problem(f"{file}: `{key}` is found out by `make deploy`, not set.")
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise Problem(f"{file}: `{key}` is neither text nor a whole number.")
    texts = {key: str(value) for key, value in parameters.items()}
    return Stage(name=name, region=region, waf=waf, parameters=texts)

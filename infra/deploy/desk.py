"""What a command works with on this machine."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """`root` is the repository; `pace` the time in seconds between two looks at AWS."""

    root: Path = Path(__file__).parents[2]
    pace: float = 2.0

    @property
    def stages(self) -> Path:
        """The settings of the stages."""
        return self.root / "infra/stages"

    @property
    def package(self) -> Path:
        """What `make package` made."""
        return self.root / "dist/package"

    @property
    def geoip_layer(self) -> Path:
        """What `make geoip` made."""
        return self.root / "dist/geoip-layer.zip"

"""One `name value unit budget` per line; a missed budget makes the run fail."""

import sys
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["most", "least"]


@dataclass
class Report:
    """`slowness`: how much slower this machine is than the one where budgets of time were set."""

    slowness: float = 1.0
    missed: list[str] = field(default_factory=list)

    def count(self, name: str, value: float, unit: str, budget: float, kind: Kind = "most") -> None:
        """A figure that is the same on every machine."""
        met = value <= budget if kind == "most" else value >= budget
        sign = "<=" if kind == "most" else ">="
        mark = "" if met else "  MISSED"
        self._line(f"{name} {value:.6g} {unit} {sign}{budget:g}{mark}")
        if not met:
            self.missed.append(name)

    def time(self, name: str, value: float, unit: str, budget: float) -> None:
        """A duration: judged as it would be on the reference machine, shown as it was here, too."""
        self.count(name, value / self.slowness, unit, budget)
        self._line(f"  {name}_here {value:.6g} {unit} -")

    def rate(self, name: str, value: float, unit: str, budget: float) -> None:
        """A throughput, likewise."""
        self.count(name, value * self.slowness, unit, budget, "least")
        self._line(f"  {name}_here {value:.6g} {unit} -")

    def note(self, name: str, value: float, unit: str) -> None:
        self._line(f"{name} {value:.6g} {unit} -")

    def _line(self, text: str) -> None:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()

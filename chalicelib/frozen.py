"""The dataclasses of this project: the standard library's, made in half the time.

A process that begins makes a hundred of them before its first answer, and most of that time goes
into compiling methods that are the same for all. Here those exist once.
"""

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(**options: bool) -> Callable[[type], type]:
        """As `dataclasses.dataclass`, with its options; ordered ones get methods of their own."""
        if options.get("order"):
            return dataclasses.dataclass(**options)

        def make(cls: type) -> type:
            cls.__repr__, cls.__eq__, cls.__hash__ = _repr, _eq, _hash
            return dataclasses.dataclass(**options, repr=False, eq=False)(cls)

        return make

    def _repr(self: Any) -> str:
        values = (f"{each.name}={getattr(self, each.name)!r}" for each in dataclasses.fields(self))
        return f"{type(self).__qualname__}({', '.join(values)})"

    def _eq(self: Any, other: object) -> bool:
        return _compared(self) == _compared(other) if type(other) is type(self) else NotImplemented

    def _hash(self: Any) -> int:
        return hash(_compared(self))

    def _compared(self: Any) -> tuple[Any, ...]:
        return tuple(
            [getattr(self, each.name) for each in dataclasses.fields(self) if each.compare]
        )

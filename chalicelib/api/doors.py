"""The application object: on Lambda, what is seldom asked for is imported when somebody asks."""

import os
from importlib import import_module
from typing import Any

from chalice.app import Chalice


class Doors(Chalice):
    """A Chalice application with rooms that wait: most processes of the API never serve an admin,
    and a cold start is paid by a visitor. Everywhere but on Lambda they are there at once, because
    the template and the contract are made of all routes.
    """

    def __init__(self, app_name: str) -> None:
        super().__init__(app_name=app_name, configure_logs=False)
        self._waiting: dict[str, tuple[str, ...]] = {}

    def register_when_asked(self, module: str, *prefixes: str) -> None:
        """The blueprint of a module, for the routes below these; none: for no request at all."""
        self._waiting[module] = prefixes
        if "AWS_LAMBDA_FUNCTION_NAME" not in os.environ:
            self._open(module)

    def __call__(self, event: Any, context: Any) -> dict[str, Any]:
        self.open_for(event.get("requestContext", {}).get("resourcePath") or "")
        answer: dict[str, Any] = super().__call__(event, context)
        return answer

    def open_for(self, path: str) -> None:
        """Imports what a route's path needs, unless it is there."""
        for module, prefixes in list(self._waiting.items()):
            if path.startswith(prefixes):
                self._open(module)

    def _open(self, module: str) -> None:
        del self._waiting[module]
        self.register_blueprint(import_module(module).blueprint)

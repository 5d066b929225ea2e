"""Plugins by name. A package of plugins makes one `Registry` in its `base.py`."""

import pkgutil
from importlib import import_module
from typing import Generic, Protocol, TypeVar


class Named(Protocol):
    name: str


Plugin = TypeVar("Plugin", bound=Named)


class Registry(Generic[Plugin]):
    """Holds what the modules of one package register.

    `package` is the package's dotted name. Its modules are imported on first use, so a
    new file is all that a new plugin needs.
    """

    def __init__(self, package: str) -> None:
        self._package = package
        self._plugins: dict[str, Plugin] = {}
        self._discovered = False

    def register(self, plugin: Plugin) -> Plugin:
        """Adds `plugin` under its name. Raises ValueError where the name is taken."""
        if plugin.name in self._plugins:
            raise ValueError(f"{self._package}: the name {plugin.name!r} is taken")
        self._plugins[plugin.name] = plugin
        return plugin

    def get(self, name: str) -> Plugin:
        """The plugin of that name. Raises KeyError, naming those that exist."""
        try:
            return self._all()[name]
        except KeyError:
            known = ", ".join(self.names())
            raise KeyError(f"{name!r} is not one of: {known}") from None

    def names(self) -> list[str]:
        return sorted(self._all())

    def all(self) -> list[Plugin]:
        """Every plugin, by name."""
        return [self._all()[name] for name in self.names()]

    def _all(self) -> dict[str, Plugin]:
        if not self._discovered:
            package = import_module(self._package)
            for module in pkgutil.iter_modules(package.__path__):
                import_module(f"{self._package}.{module.name}")
            self._discovered = True
        return self._plugins

"""One file for each host or form of address that needs more than a GET.

A file declares its adapter with `@adapter(…)`; being in this folder is enough to be found.
"""

from importlib import import_module
from pkgutil import iter_modules

for _found in iter_modules(__path__):
    import_module(f"{__name__}.{_found.name}")

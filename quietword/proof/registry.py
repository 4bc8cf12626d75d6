"""Finds every check: whatever a module of this package holds in its CHECKS."""

import importlib
import pkgutil

import quietword.proof
from quietword.proof.check import Check


def every_check() -> tuple[Check, ...]:
    """All checks in the order in which they run: by step, then by promise, then by name."""
    found: list[Check] = []
    for module in pkgutil.iter_modules(quietword.proof.__path__, "quietword.proof."):
        found.extend(getattr(importlib.import_module(module.name), "CHECKS", ()))
    return tuple(sorted(found, key=lambda check: (check.step, check.promise, check.name)))

"""Finds every check: whatever a module of this package holds in its CHECKS."""

import importlib
import pkgutil

import quietword.proof
from quietword.__main__ import TRIAGE_ONLY
from quietword.proof.check import Check


def every_check() -> tuple[Check, ...]:
    """All checks in the order in which they run: by step, then by promise, then by name."""
    found: list[Check] = []
    for module in pkgutil.iter_modules(quietword.proof.__path__, "quietword.proof."):
        try:
            found.extend(getattr(importlib.import_module(module.name), "CHECKS", ()))
        except ModuleNotFoundError as error:
            # What makes a whole deployment of its own needs triage, which a public host does not have.
            if (error.name or "").partition(".")[0] not in TRIAGE_ONLY:
                raise
    return tuple(sorted(found, key=lambda check: (check.step, check.promise, check.name)))

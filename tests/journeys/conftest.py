"""What the journeys alone use: a browser, and the demonstration running."""

from tests.browser import chromium
from tests.demo import demo

__all__ = ["chromium", "demo"]

"""What the journeys alone use: a browser, and the demonstration running."""

from tests.browser import chromium
from tests.demo import demo, demo_made

__all__ = ["chromium", "demo", "demo_made"]

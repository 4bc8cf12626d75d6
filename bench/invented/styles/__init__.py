"""The ways of writing of the two splits."""

from bench.invented.styles import development, further, test
from bench.invented.styles.style import Style

SPLITS: dict[str, tuple[Style, ...]] = {"development": development.STYLES + further.STYLES, "test": test.STYLES}

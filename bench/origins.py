"""Origins: of simulated reports with a known origin, how many that are one telling meet, and how many that are not."""

from bench.table import Bar, Table
from bench.tellings import SEED_DEVELOPMENT, SEED_TEST, measured, tellings

# What was reached before anything here was built; nobody on one person's case is ever put together with another.
COPIES_BAR, RETOLD_BAR, RIGHT_BAR = Bar(at_least=0.98), Bar(at_least=0.85), Bar(at_least=0.976)
NONE_BAR, TIME_BAR = Bar(at_most=0), Bar(at_most=2)


def measure(table: Table) -> None:
    """Print the figures of both seeds; nothing was tuned on the second."""
    for name, seed in (("development", SEED_DEVELOPMENT), ("test", SEED_TEST)):
        told = tellings(seed)
        table.heading(f"Linking: one telling or two, {len(told):,} simulated reports of the {name} seed")
        found = measured(told)
        table.figure(f"{name}: near-copies found", found.near_copies, "", COPIES_BAR)
        table.figure(f"{name}: retellings found", found.retellings, "", RETOLD_BAR)
        table.figure(f"{name}: right, of the pairs put together", found.precision, "", RIGHT_BAR)
        beside = f"of {found.independent_pairs:,} pairs"
        table.figure(f"{name}: independent pairs, put together", found.independent_merged, "", NONE_BAR, beside)
        table.figure(f"{name}: a report put there and compared", found.ms_a_report, "ms of CPU", TIME_BAR)

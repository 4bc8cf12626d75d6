"""The way in for whoever asks what is kept: names of the one-way store's tables and columns, and never a row."""

from store.tables import metadata


def columns_of_the_store() -> dict[str, tuple[str, ...]]:
    """Every column of every table, as the store itself declares them."""
    return {table.name: tuple(table.columns.keys()) for table in metadata.sorted_tables}

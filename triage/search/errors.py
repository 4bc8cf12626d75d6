"""What is wrong with a search, in the sentence that the page shows."""

from triage.errors import TriageError


class SearchError(TriageError):
    """A search that cannot be done as it was written."""


class NothingToExportError(TriageError):
    """There is nothing in the results that may leave."""

    def __init__(self) -> None:
        super().__init__("There is nothing to export: no result of this search may leave as a list.")


class TooMuchToExportError(TriageError):
    """More than one export may hold."""

    def __init__(self, most: int) -> None:
        super().__init__(f"An export may hold {most:,} lines. Narrow the search by date or state.")

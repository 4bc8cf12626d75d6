"""What is wrong with a search, in the sentence that the page shows."""

from triage.errors import TriageError


class SearchError(TriageError):
    """A search that cannot be done as it was written."""


class ReasonForExportMissingError(TriageError):
    """A list leaves for a reason that auditors can read."""

    def __init__(self) -> None:
        super().__init__("Enter why you export this list")


class NothingToExportError(TriageError):
    """There is nothing in the results that may leave."""

    def __init__(self) -> None:
        super().__init__("There is nothing to export: no result of this search may leave as a list.")


class StillReadingError(TriageError):
    """A list that leaves now would lack what has not been read yet, and nothing on it would say so."""

    def __init__(self) -> None:
        super().__init__("The search is still reading, so a list made now would not be complete. Export it again soon.")


class TooMuchToExportError(TriageError):
    """More than one export may hold."""

    def __init__(self, most: int) -> None:
        super().__init__(f"An export may hold {most:,} lines. Narrow the search by date or state.")

"""What can go wrong at the counter-corruption box."""

from triage.errors import TriageError


class CounterError(TriageError):
    """The box, its key file or its folder cannot do that; the message says what to do."""

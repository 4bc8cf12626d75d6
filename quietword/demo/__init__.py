"""The demonstration: an invented force, made through the real services, and both programs beside it."""

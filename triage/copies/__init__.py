"""Sealed copies of everything collected, which triage can neither change nor delete."""

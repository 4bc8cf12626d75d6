"""Whom on the register a report is about: suggested with reasons, decided by an officer."""

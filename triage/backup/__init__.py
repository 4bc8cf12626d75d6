"""Backups of the cases and of their keys, sealed to the recovery box, and bringing them back."""

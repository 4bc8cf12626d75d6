"""Marks a sentence for the translators, at the place where it is written; it is translated where it is shown."""

from web.sentences import N_, Sentence

__all__ = ["N_", "Sentence"]

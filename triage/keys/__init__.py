"""Boxes, grants and data keys: who can open what."""

"""Pairs of names, written by hand and made from them, that measure the name comparer."""

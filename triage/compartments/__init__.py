"""Compartments for what few may know, and conflicts of those who must not: walls made of keys."""

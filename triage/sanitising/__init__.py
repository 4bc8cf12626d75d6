"""A text that may leave, written by one officer and agreed by another, with nothing in it that points back."""

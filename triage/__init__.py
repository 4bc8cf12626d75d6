"""The officers’ program: a folder a step, in the order in which a report goes."""

"""Officers search reports and the register at once, within what their keys open."""

"""The figures of the form and the desk, side by side with a floor, and of linking, in one run: `make bench`."""

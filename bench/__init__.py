"""The figures of issue 2, measured side by side with a floor in one run: `make bench`."""

"""The queue, and one report with everything the steps know of it."""

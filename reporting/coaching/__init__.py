"""What could tell someone who wrote a report: found by rules, shown to the reporter before sending, never kept."""

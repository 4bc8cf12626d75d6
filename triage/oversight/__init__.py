"""What auditors read of what everybody did."""

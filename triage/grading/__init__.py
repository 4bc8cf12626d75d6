"""What a report says, item by item, and how far it can be relied on: 3x5x2, every version kept."""

"""The force’s working register of groups and people, encrypted entry by entry."""

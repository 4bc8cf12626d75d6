"""The configuration of everything around the two programs, as files that are shipped and tested."""

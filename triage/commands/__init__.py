"""The commands that triage brings to `quietword`."""

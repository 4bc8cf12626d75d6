"""The bell: somebody is called when a report says that someone is in danger now, until somebody answers."""

"""The one console command, and the demonstration it can make."""

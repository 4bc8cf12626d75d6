"""The one-way store: drops in, notices out; the only tables that both programs know."""

"""The public form: it asks, seals what is said to a key it cannot open, and forgets who asked."""

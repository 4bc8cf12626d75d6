"""The three histories of the tables (drop, case, keys) and what runs them."""

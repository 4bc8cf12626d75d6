"""Who works here: signing in, roles, the guard of every route, and giving and taking keys."""

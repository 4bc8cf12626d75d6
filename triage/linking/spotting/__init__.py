"""Finds in a text what may be a name, a place, a vehicle, a telephone or an age, by shape and by looking words up."""

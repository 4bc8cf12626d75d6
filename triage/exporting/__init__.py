"""Agreed texts that leave in bulk: by two people, signed, sealed to whoever they are for."""

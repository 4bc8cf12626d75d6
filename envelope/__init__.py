"""Pure functions over bytes: what seals, opens, pads, signs and binds; the only package that calls a cipher."""

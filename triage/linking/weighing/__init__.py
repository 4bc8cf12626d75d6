"""What each piece of evidence is worth: log2(m/u), u counted on the register at the time of asking."""

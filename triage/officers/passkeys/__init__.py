"""Passkeys: authenticators that say who an officer is and, where they can, unlock the officer's seed."""

"""The commonest passwords of past breaches, and how hard a passphrase made of them is to guess."""

"""Makes a new picture of a photo or document, in a sandbox, so that nothing but what can be seen is left of it."""

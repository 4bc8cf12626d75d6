"""What runs inside the sandbox: it decodes what strangers send, and may be taken over by it.

It imports the standard library, Pillow and itself, for nothing else of ours is there.
"""

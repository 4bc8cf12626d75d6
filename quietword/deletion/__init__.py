"""The proof that deletion deletes: a force of nobody's, its disks copied, and every key anybody has tried on them."""

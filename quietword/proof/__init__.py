"""The proof: plants words that stand nowhere else in the world, and looks for them in every byte that was kept."""

"""The counter-corruption box, for its holders alone: nothing here is reached by the officers' program."""

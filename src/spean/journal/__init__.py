"""Who did or saw what in the software: facts and the sealed chain."""

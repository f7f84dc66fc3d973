"""Countries, their provinces, the gazetteer, checkpoints."""

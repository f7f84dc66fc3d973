"""Reception, choice, placement, follow-up, closure."""

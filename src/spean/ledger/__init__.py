"""What happened to whom, when, where, by which agencies: append-only, all that is ever counted."""

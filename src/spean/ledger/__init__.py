"""What happened to whom, when, where, by which agencies: append-only, the only thing ever counted."""

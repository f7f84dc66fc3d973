"""The doors of statements."""

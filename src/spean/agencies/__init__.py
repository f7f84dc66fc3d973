"""The tree of agencies, who works there, roles, sign-in."""

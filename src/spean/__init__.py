"""Spean (ស្ពាន, bridge): from a plea for help to a safe return, and true figures about it."""

__version__ = "0.1.0"

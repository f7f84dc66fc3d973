"""Measures and statements."""

"""Rescue abroad, waiting, papers, travel, arrival, hand-over."""

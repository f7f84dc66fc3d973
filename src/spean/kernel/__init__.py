"""The ground every room stands on: plain Python, no Django."""

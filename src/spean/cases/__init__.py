"""The case file: participants, stages, tasks, clocks."""

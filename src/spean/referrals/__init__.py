"""From agency to agency: purpose, disclosed fields, due time, answer; host authorities."""

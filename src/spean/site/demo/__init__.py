"""The demo: fictional people walked through real actions, beside the published tables' counts."""

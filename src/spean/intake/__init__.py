"""Requests for help and tips: the portal, the desk's forms, triage, conversation."""

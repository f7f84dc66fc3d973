"""Persons, names in every script, contacts, consent, same-person search, join and part."""

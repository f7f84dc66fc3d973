"""The base page, components, the doors' habits (@reads, @writes), events in the transaction."""

"""Urls, settings, wsgi, the command line, the demo: the only place that knows every room."""

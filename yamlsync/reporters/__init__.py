"""Findings → the text of a report: one module a format. None reads a file or knows a terminal."""

"""Redundancy and spelling: what says nothing new, and what says something else than it seems to (YS3xx)."""

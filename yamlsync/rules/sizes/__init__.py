"""Sizes: what the platform expects of texts and of the database as a whole (YS701 to YS709)."""

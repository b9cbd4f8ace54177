"""Metadata and facts: the keys that are known, the forms of their values, and dates (YS731 to YS749)."""

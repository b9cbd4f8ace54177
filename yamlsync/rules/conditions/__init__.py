"""Unlock conditions: expressions in CEL over the steps and the student's state (YS4xx, YS204)."""

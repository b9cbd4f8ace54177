"""What names a step, and where that leads (YS201 to YS203)."""

"""The files of a new workshop and of what belongs around it: pure functions of a few facts (AUT-1 on)."""

"""Steps added, renamed, removed, put into another order: pure functions of a tree (AUT-20 and on)."""

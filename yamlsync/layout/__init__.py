"""Records ⇄ documents: which file says what, and what the order of the steps says already (LAY)."""

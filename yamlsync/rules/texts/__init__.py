"""Texts: characters that nobody sees, and Markdown that does not say what it seems to (YS711 to YS729)."""

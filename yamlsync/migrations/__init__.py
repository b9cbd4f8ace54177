"""Numbered steps between the versions of the database's schema and of the YAML's format. Pure."""

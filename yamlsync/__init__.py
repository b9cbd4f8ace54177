"""yamlsync: a workshop database as a canonical YAML directory, and back, without losing a byte."""

__version__ = "0.1.0"

"""YAML text ⇄ documents. Knows the spelling of the format, nothing of workshops; owns ruamel.yaml."""

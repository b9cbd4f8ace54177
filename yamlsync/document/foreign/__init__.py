"""YAML inside a text of ours, which another program reads: all of YAML, with the place of each part."""

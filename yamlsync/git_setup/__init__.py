"""The use case: Git's own commands show databases as YAML and steps in words; set up, taken back, told."""

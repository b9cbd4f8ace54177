"""What keeps one file of YAML from being read (YS101 to YS113)."""

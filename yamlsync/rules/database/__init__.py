"""What keeps a database from being read (YS801 to YS810)."""

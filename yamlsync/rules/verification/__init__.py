"""What keeps `verify` from saying yes of a database that can be read (YS812 to YS829)."""

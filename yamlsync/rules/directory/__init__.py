"""Which files a workshop directory has, and what they say of one another (YS121 to YS133)."""

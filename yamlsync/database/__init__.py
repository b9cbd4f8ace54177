"""Records ⇄ SQLite files. Owns sqlite3; trusts no file that it did not build (SQL)."""

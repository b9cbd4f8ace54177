"""The use case: a database → is it whole, is it what it says it is, and who signed it (VER-1 to VER-22)."""

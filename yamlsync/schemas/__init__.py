"""JSON Schemas for editors, made from the shapes of our files and the words of records (EDT-1 to EDT-7)."""

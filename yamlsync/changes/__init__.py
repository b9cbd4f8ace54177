"""What changed between two workshops, as records: found, applied, turned round (DIF-10 to DIF-45)."""

"""The parts of the HTML page of what changed (DIF-70 to DIF-79)."""

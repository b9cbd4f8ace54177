"""What a course asks of a student, told in plain sentences: checks, conditions, facts (PRE-10 to PRE-14)."""

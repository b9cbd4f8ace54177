"""What is right as data and wrong as a course: one rule, one file, one shape (CHK)."""

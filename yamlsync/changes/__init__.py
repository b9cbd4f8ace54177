"""What changed between two workshops, told in the words of a course."""

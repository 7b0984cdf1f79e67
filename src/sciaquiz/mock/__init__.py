"""Mock exams: which questions are in one, what is done in it, its clock, and what it came to."""

"""What is said to the student, for every face alike; no screen."""

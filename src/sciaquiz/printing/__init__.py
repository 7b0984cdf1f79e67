"""Exams on paper: which questions are asked in which version, and the paper, answer sheet and key as HTML or PDF."""

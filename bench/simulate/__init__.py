"""`make simulate`: invented students prepare for an exam under several plans; see docs/exam.md."""

"""Item analysis: what the answers of a class say of the questions. Needs numpy, and is imported by nothing else."""

"""Was it right, and what does the evidence tell the model of memory."""

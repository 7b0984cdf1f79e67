"""The fault campaign: the real app killed, cut off, refused and lied to, thousands of times; `make faults` runs it."""

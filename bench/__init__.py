"""Repeatable measurements against limits and peers; `make bench` runs them all."""

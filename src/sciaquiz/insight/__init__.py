"""What the journal says about a student: statistics and forecasts."""

"""What every store of answers and every face agree on; pure values, no SQL and no screen."""

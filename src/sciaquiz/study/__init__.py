"""What comes next, and one sitting of it."""

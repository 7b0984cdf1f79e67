"""The full-screen face, in Textual."""

"""The commands, one small module each, which is imported when its command is used."""

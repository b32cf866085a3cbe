"""Commands that Django runs for the command line."""

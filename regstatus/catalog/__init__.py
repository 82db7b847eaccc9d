"""The catalogue: source files and places."""

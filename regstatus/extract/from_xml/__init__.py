"""XML to blocks."""

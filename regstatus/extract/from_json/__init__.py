"""JSON to blocks."""

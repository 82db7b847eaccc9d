"""Plain text and RTF to blocks."""

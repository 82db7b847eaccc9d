"""Tables of answers as rows, columns and files."""

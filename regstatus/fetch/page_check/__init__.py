"""Whether a page that was sent is the document or something in its place."""

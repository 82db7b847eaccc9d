"""One run, from the sources to a change report."""

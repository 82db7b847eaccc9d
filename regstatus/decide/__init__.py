"""From findings to records, layers, freshness and changes."""

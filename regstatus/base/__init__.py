"""What knows nothing of ours: errors, safe text, patterns, paths, days."""

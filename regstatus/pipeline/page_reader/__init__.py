"""Reading of pages, fenced from the run."""

"""The report of a run: written on every run, for people and for machines."""

"""One file for each host or form of address that needs more than a GET."""

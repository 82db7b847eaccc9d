"""Verdicts on orders."""

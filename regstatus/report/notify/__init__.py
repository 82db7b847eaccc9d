"""Telling people: after a run, what changed goes by mail, chat or signed webhook to whom it concerns.

A change of state is told once; a run without one tells nothing.
"""

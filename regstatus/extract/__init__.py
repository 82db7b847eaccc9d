"""Bytes to Text: the passages of a document in reading order, each under its headings.

Knows markup and the shape of legal documents, nothing of kratom. No network, no
clock. Hostile bytes may crash a parser: the caller reads in a process that may die.
"""

from regstatus.extract.extractor import extract
from regstatus.extract.normalise import normalise

__all__ = ["extract", "normalise"]

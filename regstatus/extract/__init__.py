"""Bytes to Text: the passages of a document in reading order, each under its headings.

Knows markup and the shape of legal documents, nothing of kratom. No network, no
clock; PDF is read in a process of its own, because PDFium is not safe to share.
"""

from regstatus.extract.extractor import extract
from regstatus.extract.normalise import normalise

__all__ = ["extract", "normalise"]

"""Assess: a text becomes a finding. What the words of the law say, each with its quotation."""

from regstatus.assess.assessor import assess
from regstatus.assess.lexicon import Term, find_terms

__all__ = ["Term", "assess", "find_terms"]

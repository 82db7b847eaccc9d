"""The report of a run: written on every run, for people and for machines."""

from regstatus.report.markdown import render

__all__ = ["render"]

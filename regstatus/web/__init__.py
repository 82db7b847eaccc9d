"""The pages and the HTTP interface, served or published from the same snapshot.

Needs the extra `regstatus[web]`.
"""

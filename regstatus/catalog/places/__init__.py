"""Names and codes to ids, the ladder of jurisdictions, and what to ask when a name is not clear.

The rules, in the order in which they decide:

1. A canonical id, or an ISO 3166-1 code, means what the standard says, in any
   case: `AL` is Albania, `GE` the country, `US-GA` the state. Ids are the keys of
   the data, so nothing may stand in front of them.
2. A name means its place; a name that fits several is asked back (`Georgia`,
   `Washington`, `Korea`).
3. A postal or press abbreviation of a US state counts only where nothing else
   goes by it: `TX` is Texas, but `KY` is the Cayman Islands. Below a state or
   country it always counts: `San Diego, CA`, `AL, US`, `within="US"`.
4. A text may name the place and what it lies in, in either order, with or without
   a comma: `San Diego, California`, `US AL`, `Georgia (US-GA)`, `Washington state`.
   Every word must be accounted for: `Fresno, CA` never means California.

Canonical ids: ISO 3166-1 alpha-2; `XK` for Kosovo (user-assigned); `US-` with the
postal code for the states, the district and the five inhabited territories. The
territories also have ISO 3166-1 codes (`PR`, `GU`, `VI`, `AS`, `MP`): these are
understood, but the id is `US-PR` and so on, because federal law stands above them.
`EU` and `UN` are layers of law, not places. Localities are not known here: give
`Registry` those of a snapshot or catalogue.
"""

from regstatus.catalog.places.gazetteer import Registry, table
from regstatus.catalog.places.jurisdiction import LEVELS, Jurisdiction, Resolution
from regstatus.catalog.places.names import name_key

__all__ = ["LEVELS", "Jurisdiction", "Registry", "Resolution", "name_key", "table"]

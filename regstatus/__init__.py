"""The legal status of kratom: here, on this day, for this substance, and how we know."""

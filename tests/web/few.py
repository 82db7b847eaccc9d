"""A site of few pages, for what does not depend on how many there are."""

from regstatus.web.website import Site


class Few(Site):
    """A site with every kind of address, and few of them."""

    def __init__(self, *given):
        super().__init__(*given)
        many = ("feeds/", "j/", "map/", "v1/schema/", "v1/status/")
        self.paths = tuple(p for p in self.paths if not p.startswith(many) or "US-TX." in p)

"""Finding: what one text says, each claim with its quotation, place and rule."""

from dataclasses import dataclass

from regstatus.model.law import Activity, Substance
from regstatus.model.words import Context

_PARTS, _PER = ("%", "% by weight", "ppm", "ratio"), ("g", "ml", "serving", "container", "day")
CAP_UNITS = (*_PARTS, *(f"mg/{part}" for part in _PER))
"""The units in which laws limit an alkaloid."""
QUOTE_LIMIT = 300
"""Longest quotation kept, in characters: enough to check a claim, short enough to cite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The words that a claim rests on, and where they stand.

    Attributes:
        quote: Verbatim from the normalised passage, at most `QUOTE_LIMIT` characters.
        headings: Headings above it, outermost first.
        anchor: Pinpoint within the document, if there is one.
        rule: Name of the rule that read it, for people who check.
    """

    quote: str
    headings: tuple[str, ...] = ()
    anchor: str | None = None
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One term of kratom as a text names it.

    Attributes:
        substance: What the term stands for.
        written: The term as the text writes it.
        context: What the text does with it.
        schedule: The schedule, list or annex it stands in (`I`, `Anlage II`, `Bilaga 1`), if any.
    """

    substance: Substance
    written: str
    context: Context
    schedule: str | None = None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """The largest lawful amount of an alkaloid.

    Its unit is `%` (of the alkaloids), `% by weight`, `mg/g`, `mg/ml`, `mg/serving`, `mg/container`,
    `mg/day`, `ppm` or `ratio` (mitragynine to 7-OH, at least).
    """

    substance: Substance
    amount: float
    unit: str
    place: Place

    def __str__(self) -> str:
        """The compact form used in source files: `2%`, `0.5 mg/g`."""
        space = "" if self.unit.startswith("%") else " "
        return f"{self.amount:g}{space}{self.unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimumAge:
    """The youngest age, in years, at which a person may buy."""

    years: int
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A duty laid on those who make or sell: one of `DUTIES`."""

    name: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Prohibition:
    """An activity that a text forbids outright (not merely below an age or above a cap)."""

    activity: Activity
    substance: Substance
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A word that must stand in the real text, and whether it did."""

    phrase: str
    found: bool
    quote: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one text says on one day.

    Attributes:
        readable: False where nothing may be concluded; `problems` then says why.
        problems: In words, for the report.
        mentions: Every term of kratom, in reading order.
        schedule: The schedule in which a term is listed; the first if there are several.
        minimum_age: The general age limit of sale, if the text lays one down.
        caps: Limits on alkaloids, in reading order.
        duties: Duties found, each once.
        prohibitions: Activities forbidden outright, each once for a substance.
        controls: The positive controls that were asked for.
        phrases: Further phrases that the source says must stand in the text.
        text_sha256: Digest of the normalised words of the passage.
    """

    readable: bool
    problems: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    schedule: str | None = None
    minimum_age: MinimumAge | None = None
    caps: tuple[Cap, ...] = ()
    duties: tuple[Duty, ...] = ()
    prohibitions: tuple[Prohibition, ...] = ()
    controls: tuple[Control, ...] = ()
    phrases: tuple[Control, ...] = ()
    text_sha256: str | None = None

    def says(self, substance: Substance) -> str:
        """`listed`, `excluded`, `named` or `silent`: the weightiest thing said of a substance.

        Silence is evidence only where the document is complete and `readable`;
        that judgement belongs to whoever compares, not to the finding.
        """
        contexts = {mention.context for mention in self.mentions if mention.substance == substance}
        if Context.LISTED in contexts:
            return "listed"
        if Context.EXCLUDED in contexts:
            return "excluded"
        if contexts - {Context.REPEALED}:
            return "named"
        return "silent"

    @property
    def seven_oh_cap(self) -> str | None:
        """The 7-OH limits in compact form, joined by `; `, or None."""
        return "; ".join(dict.fromkeys(str(c) for c in self.caps if c.substance == "7-oh")) or None

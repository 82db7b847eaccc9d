"""The words of the work of reading the law; `docs/codebook.md` explains each."""

from enum import StrEnum


class Reads(StrEnum):
    """What kind of official document a source is."""

    STATUTE = "statute"
    """A law or rule whose provisions speak of kratom; silence of it proves nothing."""
    SCHEDULE = "schedule"
    """A list of controlled substances; where complete, silence is evidence."""
    NOTICE = "notice"
    """An agency's or court's own words; not law by itself."""
    FEED = "feed"
    """Announces documents; never sets a status, only raises leads."""


class Format(StrEnum):
    """The form in which a document is sent."""

    HTML = "html"
    XML = "xml"
    JSON = "json"
    PDF = "pdf"
    TEXT = "text"


class UrlBasis(StrEnum):
    """How an address is known before its first live fetch."""

    SEEN = "seen"
    """Seen in a public copy or link."""
    PATTERN = "pattern"
    """Built from the pattern of a sibling address."""
    MEMORY = "memory"
    """Recalled; may be wrong."""


class Own(StrEnum):
    """What a user's own source file is of the project's."""

    OWN = "own"
    """New, or made of the file that ships."""
    BEHIND = "behind"
    """Of another than the one that ships now, which may know of newer law."""


class Outcome(StrEnum):
    """What came of fetching one document; only the first two say anything of the law."""

    OK = "ok"
    UNCHANGED = "unchanged"
    BLOCKED = "blocked"
    """A bot wall, captcha, login or 401/403."""
    MOVED = "moved"
    """Redirected to a host or place that the source does not allow."""
    GONE = "gone"
    """404 or 410, or the host's own not-found page sent as a success."""
    EMPTY = "empty"
    """No body, or a shell without text."""
    MAINTENANCE = "maintenance"
    """A maintenance page, whatever its status."""
    TOO_LARGE = "too_large"
    WRONG_TYPE = "wrong_type"
    BROKEN = "broken"
    """Truncated, corrupt or undecodable."""
    TIMEOUT = "timeout"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    HTTP_ERROR = "http_error"
    """Any other status that is not a success."""
    ROBOTS = "robots"
    """The host's robots.txt forbids the address, or could not be had."""
    TLS = "tls"
    DNS = "dns"
    REFUSED = "refused"
    """The connection was refused or reset."""
    REDIRECT_LOOP = "redirect_loop"
    UNREADABLE = "unreadable"
    """Fetched, but the text lacks its positive controls or could not be read."""
    DOUBTFUL = "doubtful"
    """Read, and it says what it should, but a guard does not let it be trusted."""
    NO_LINK = "no_link"
    """An index page did not show the document that it should link to."""
    SKIPPED = "skipped"
    """Needs a key that is not set, or is for people only."""


class Context(StrEnum):
    """What a text does with a term that it names."""

    LISTED = "listed"
    """Placed in a schedule or list, or made the object of a prohibition."""
    EXCLUDED = "excluded"
    """Expressly left out."""
    DEFINED = "defined"
    """Given a meaning, no more."""
    REPEALED = "repealed"
    """Stands in repealed, expired or struck-out matter."""
    MENTIONED = "mentioned"
    """Named in passing: duties, history, titles, notes."""


class Verdict(StrEnum):
    """How a text and the recorded timeline stand to each other."""

    CONFIRMS = "confirms"
    CONTRADICTS = "contradicts"
    UNREADABLE = "unreadable"


class EventKind(StrEnum):
    """The kinds of change that a report tells of."""

    STATUS_CHANGED = "status_changed"
    RESTRICTION_LIFTED = "restriction_lifted"
    EFFECTIVE_DATE_REACHED = "effective_date_reached"
    TERMS_CHANGED = "terms_changed"
    """Age, caps, duties or schedule moved; the status did not."""
    FUTURE_CHANGE = "future_change"
    """An enacted change with a day still to come was added, moved or dropped."""
    TEXT_CHANGED = "text_changed"
    CONTRADICTED = "contradicted"
    CONTRADICTION_RESOLVED = "contradiction_resolved"
    GRADE_CHANGED = "grade_changed"
    BECAME_STALE = "became_stale"
    REVERIFIED = "reverified"
    SOURCE_FAILING = "source_failing"
    SOURCE_RECOVERED = "source_recovered"
    SOURCE_MOVED = "source_moved"
    SOURCE_SKIPPED = "source_skipped"
    """Needs a key that is not set: left out, and said once."""
    LEAD = "lead"
    """A feed announced a document that may matter; it is not law until read."""
    RECORD_ADDED = "record_added"
    RECORD_WITHDRAWN = "record_withdrawn"
    CITATION_CHANGED = "citation_changed"
    CORRECTION = "correction"
    """We were wrong; the law did not move."""

"""A restriction has a first day: nothing may be told as law for days of which nobody knows."""

from regstatus.model.law import Status

FREE = {Status.UNREGULATED, Status.UNKNOWN}


def open_restrictions(catalogue):
    """The places whose first period has no first day and restricts any substance."""
    return {
        source.jurisdiction
        for source in catalogue
        if source.timeline[0].from_ is None
        and set(source.timeline[0].by_substance().values()) - FREE
    }


def test_no_restriction_reaches_back_beyond_its_first_attested_day(catalogue):
    assert open_restrictions(catalogue) == set()


def test_a_restriction_without_a_beginning_would_be_found():
    from regstatus.catalog.sources import check_text
    from tests.support.make import TEXAS

    assert open_restrictions([check_text(TEXAS, "x.toml")]) == set()
    older = TEXAS.replace('leaf = "unregulated"', 'leaf = "banned"', 1).replace(
        'grade = "secondary"\n', 'grade = "secondary"\ninstruments = ["sb-497"]\n', 1
    )
    assert older != TEXAS
    assert open_restrictions([check_text(older, "x.toml")]) == {"US-TX"}

"""Certificates of the environment that cannot be read are named, with their variable and file."""

import pytest

from regstatus.base.errors import UsageError
from regstatus.cli import main
from tests.support.make import TEXAS


@pytest.fixture
def nothing_set(monkeypatch):
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def spoilt(tmp_path, what):
    path = tmp_path / what.replace(" ", "-")
    if what == "a folder":
        path.mkdir()
    elif what != "a missing file":
        path.write_text("" if what == "an empty file" else "-----BEGIN CERTIFICATE-----\nx\n")
    return path


@pytest.mark.parametrize("what", ["a missing file", "an empty file", "garbage", "a folder"])
@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "SSL_CERT_DIR", "ca_file"])
def test_what_holds_no_certificates_is_named(
    fetch, settings, nothing_set, tmp_path, what, variable
):
    path = spoilt(tmp_path, what)
    how = settings()
    if variable == "ca_file":
        how = settings(ca_file=path)
    else:
        nothing_set.setenv(variable, str(path))
    with pytest.raises(UsageError) as told:
        fetch("http://law.example.gov/doc", how)
    assert str(told.value).startswith(f"{variable} holds no certificates that can be read: {path}")
    assert "\n" not in str(told.value)


def test_a_run_is_told_in_one_line_and_ends_with_status_2(nothing_set, tmp_path, capsys):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "tx.toml").write_text(TEXAS, encoding="utf-8")
    nothing_set.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    words = ["update", "--sources", str(tmp_path / "sources"), "--snapshots", str(tmp_path / "s")]
    assert main(words) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("regstatus: SSL_CERT_FILE holds no certificates")
    assert str(tmp_path / "none.pem") in line


def test_a_log_of_keys_that_cannot_be_written_is_not_taken_for_certificates(
    fetch, hosts, nothing_set, tmp_path
):
    hosts.put("law.example.gov/doc")
    assert fetch("http://law.example.gov/doc").body == hosts.law
    nothing_set.setenv("SSLKEYLOGFILE", str(tmp_path / "none" / "keys"))
    with pytest.raises(UsageError, match=r"SSLKEYLOGFILE names .*; unset it"):
        fetch("http://law.example.gov/doc")


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_variables_of_others_are_nothing_to_us(fetch, hosts, nothing_set, variable):
    nothing_set.setenv(variable, "/nonexistent.pem")
    hosts.put("law.example.gov/doc")
    assert fetch("http://law.example.gov/doc").body == hosts.law


def test_the_file_that_the_environment_names_is_trusted(
    fetch, secure_hosts, nothing_set, certificate
):
    nothing_set.setenv("SSL_CERT_FILE", str(certificate[0]))
    secure_hosts.put("law.example.gov/doc")
    assert fetch("https://law.example.gov/doc").body == secure_hosts.law

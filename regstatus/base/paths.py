"""Where things are kept: what ships with the package, and what a user's own runs write."""

import os
import sys

_HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def shipped(name: str) -> str:
    """The folder of shipped `sources` or `snapshots`.

    It lies inside an installed package, and beside the package in a checkout.
    """
    packed = os.path.join(_HERE, "_data", name)
    return packed if os.path.isdir(packed) else os.path.join(os.path.dirname(_HERE), name)


def in_bucket(named: str) -> bool:
    """Whether a place for snapshots is a bucket, `s3://bucket/prefix`, and no folder.

    Raises:
        UsageError: If it is an address of another kind, which no folder is meant by.
    """
    scheme, sign, _ = named.partition("://")
    # A single letter is a drive of Windows.
    if not sign or len(scheme) < 2 or not scheme.replace("+", "").isalnum():
        return False
    if scheme != "s3":
        from regstatus.base.errors import UsageError

        raise UsageError(f"{named}: snapshots are in a folder or at s3://bucket/prefix")
    return True


def user_snapshots() -> str:
    """The folder for a user's own snapshots on this platform."""
    return os.path.join(_user_folder("data", "XDG_DATA_HOME", ".local", "share"), "snapshots")


def user_sources() -> str:
    """The folder for a user's own source files, which are laid over those that ship."""
    return os.path.join(_user_folder("config", "XDG_CONFIG_HOME", ".config"), "sources")


def _user_folder(kind: str, setting: str, *usual: str) -> str:
    """The folder of this program for one kind of files.

    On Linux and other Unix systems the rule is one line of the XDG standard; the
    library that knows the other systems costs a look-up a tenth of its time, so
    it is asked only there.
    """
    platform: str = sys.platform
    if platform not in {"win32", "darwin"}:
        base = os.environ.get(setting, "")
        if not os.path.isabs(base):  # the standard: such a value is passed over
            base = os.path.join(os.path.expanduser("~"), *usual)
        return os.path.join(base, "regstatus")
    import platformdirs

    find = {"data": platformdirs.user_data_dir, "config": platformdirs.user_config_dir}
    return find[kind]("regstatus", appauthor=False)

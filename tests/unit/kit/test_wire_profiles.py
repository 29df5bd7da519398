"""What an installation says otherwise, and which profiles can be spoken and read back."""

import pytest

from simulators.cymmetri.wire_profiles import check_profile
from simulators.kit.wire.profiles import LONGEST_INSTANT, WireProfile

NO_PATH = "must have only letters, digits and -._~!$&'()*+,;=:@{} between single slashes"
DAY_AND_TIME = "%Y-%m-%dT%H:%M:%S"


def test_a_profile_comes_before_the_one_that_completes_it() -> None:
    base = WireProfile(
        like="published", errors={"A": "a", "B": "b"}, statuses={"400": 401, "404": 405}, instants="%c", message="null",
        fields={"x": "y", "z": "w"}, extra={"one": 1, "two": 2}, paths={"/a": "/b", "/c": "/d"},
    )  # fmt: skip
    own = WireProfile(
        errors={"B": "own"}, statuses={"404": 200}, instants=DAY_AND_TIME, message="text", fields={"z": "own"},
        extra={"two": "own"}, paths={"/c": "/own"},
    )  # fmt: skip
    assert own.over(base) == WireProfile(
        like="ours", errors={"A": "a", "B": "own"}, statuses={"400": 401, "404": 200}, instants=DAY_AND_TIME,
        message="text", fields={"x": "y", "z": "own"}, extra={"one": 1, "two": "own"}, paths={"/a": "/b", "/c": "/own"},
    )  # fmt: skip
    completed = WireProfile().over(base)
    assert (completed.instants, completed.message) == ("%c", "null")


@pytest.mark.parametrize(
    "profile",
    [
        WireProfile(),
        WireProfile(fields={"a": "x", "b": "y"}, paths={"/a/": "/b/", "/c": "/d"}, instants=DAY_AND_TIME),
        WireProfile(paths={"/a/": "/", "/b": "/.well-known/x.y", "/c": "/c"}),
        WireProfile(instants="%d-%b-%Y %H:%M:%S"),
        WireProfile(instants=DAY_AND_TIME + "Z" * (LONGEST_INSTANT - 19)),
    ],
)
def test_a_profile_that_can_be_read_back_is_accepted(profile: WireProfile) -> None:
    profile.check()


@pytest.mark.parametrize(
    ("profile", "message"),
    [
        (WireProfile(fields={"a": "x", "b": "x"}), "wire.fields: 'x' stands for two of ours"),
        (WireProfile(paths={"/a": "/x", "/b": "/x"}), "wire.paths: '/x' stands for two of ours"),
        (WireProfile(statuses={"200": 204}), "wire.statuses: 200 cannot be 204, whose answers have no body"),
        (WireProfile(paths={"a": "/x"}), "wire.paths: 'a' does not begin with /"),
        *[
            (WireProfile(paths={"/a": path}), f"wire.paths: {path!r} {NO_PATH}")
            for path in ("/\u20ac", "/x?y", "/x#y", "/x%2fy", "/x y", "/x\\y", "//x", "/x//y", "/./x", "/x/..", "/x\n")
        ],
        (WireProfile(paths={"/a//": "/x/"}), f"wire.paths: '/a//' {NO_PATH}"),
        (WireProfile(paths={"/a": "/_sandbox/health"}), "wire.paths: '/_sandbox/health' is one of the sandbox's own"),
        (WireProfile(paths={"/a": "/w/default/a"}), "wire.paths: '/w/default/a' is one of the sandbox's own"),
        (WireProfile(paths={"/a": "x"}), "wire.paths: 'x' does not begin with /"),
        (WireProfile(paths={"/a/": "/x"}), "wire.paths: either both '/a/' and '/x' end with / or none does"),
        (WireProfile(paths={"/a": "/x/"}), "wire.paths: either both '/a' and '/x/' end with / or none does"),
    ],
)
def test_a_profile_that_cannot_be_spoken_is_refused(profile: WireProfile, message: str) -> None:
    with pytest.raises(ValueError, match=r"^wire") as error:
        profile.check()
    assert str(error.value) == message


def test_a_field_cannot_have_the_name_of_another_that_keeps_its_own() -> None:
    known = {"data", "otp", "token"}
    with pytest.raises(ValueError, match="'data' is a field of ours already"):
        WireProfile(fields={"otp": "data"}).check(known)
    WireProfile(fields={"otp": "token", "token": "otp", "data": "data"}).check(known)
    with pytest.raises(ValueError, match="'errorCode' is a field of ours"):
        check_profile(WireProfile(fields={"userId": "errorCode"}))


@pytest.mark.parametrize(
    "paths",
    [
        {"/a/b": "/c"}, {"/a/b": "/c", "/c": "/a/b"}, {"/a/": "/", "/a/b": "/x"}, {"/a/": "/x/", "/c": "/x/b"},
    ],
)  # fmt: skip
def test_a_path_of_the_contract_cannot_be_where_another_is(paths: dict[str, str]) -> None:
    profile = WireProfile(paths=paths)
    profile.check()
    with pytest.raises(ValueError, match="would stand for two of ours"):
        profile.check((), {"/a/b", "/a/c", "/c"})


@pytest.mark.parametrize(
    "pattern",
    [
        "%Y-%m-%d %H:%M", "%H:%M:%S", "%y-%m-%d %I:%M:%S", "%Y-%m-%d %M:%S", "%Y-%m-%d %H:%S", "%Y-%d %H:%M:%S",
        "%Y-%m %H:%M:%S", "%m-%d %H:%M:%S", DAY_AND_TIME + "Z" * (LONGEST_INSTANT - 18),
    ],
)  # fmt: skip
def test_a_pattern_must_tell_day_and_time_to_the_second(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"^wire") as error:
        WireProfile(instants=pattern).check()
    assert str(error.value) == (
        f"wire.instants: {pattern!r} must tell day and time to the second, as %d-%b-%Y %H:%M:%S does"
    )


def test_a_pattern_that_cannot_be_read_is_none() -> None:
    for pattern in ("%d %d", "%Y-%m-%d %Q", "%"):
        with pytest.raises(ValueError, match=r"is no strftime pattern|must tell day and time") as error:
            WireProfile(instants=pattern).check()
        assert str(error.value).startswith(f"wire.instants: {pattern!r} ")

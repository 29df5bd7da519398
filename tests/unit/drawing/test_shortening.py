"""Texts made to fit a drawing."""

import pytest

from registration_sandbox.drawing.shortening import fitting, without_long_ids
from registration_sandbox.drawing.svg import cells


def test_ids_of_registrations_and_phones_are_cut_short():
    path = f"/users/asha/devices/{'0af3' * 16}/of/{'9bc1' * 8}"
    assert without_long_ids(path) == "/users/asha/devices/0af30a…/of/9bc19b…"


def test_names_that_only_look_like_ids_stay_whole():
    assert without_long_ids("/users/deadbeef/cafe") == "/users/deadbeef/cafe"
    assert without_long_ids(f"/users/x{'a' * 40}y") == f"/users/x{'a' * 40}y"


def test_a_text_that_fits_stays_as_it_is():
    assert fitting("POST /messages", 14) == "POST /messages"


def test_a_long_path_keeps_its_last_part():
    shortened = fitting("POST /ciamregsrvc/webRegistration/VerifyEmailOtp", 26)
    assert shortened == "POST /ciam…/VerifyEmailOtp"


@pytest.mark.parametrize("room", range(12))
@pytest.mark.parametrize(
    "text", ["/a/very-long-last-part-of-a-path", "no path at all", "/顧客/登録/確認", "/ends/in/slash/"]
)
def test_no_text_takes_more_room_than_there_is(text: str, room: int):
    assert cells(fitting(text, room)) <= room


def test_characters_of_east_asia_take_two_cells():
    assert cells("顧客") == 4
    assert cells("Jörg…") == 5

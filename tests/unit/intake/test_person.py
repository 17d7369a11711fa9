"""What a person says of itself passes the gate, or is refused with every fault at once."""

from typing import Any

import pytest

from knowledgebase.domain.errors import Invalid
from knowledgebase.domain.person import CityRole, Invitation, PlatformRole, Profile, Rights, Showing
from knowledgebase.intake.person import accept_email, accept_invitation, accept_profile, accept_rights

FORM = {"name": "سارا احمدی", "position": "کارشناس", "office": "دفتر آب", "language": "fa"}


def faults(**changes: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        accept_profile(FORM | changes)
    return {fault.key: fault.code for fault in refused.value.faults}


def test_a_profile_needs_four_fields() -> None:
    assert accept_profile(FORM) == Profile("سارا احمدی", "کارشناس", "دفتر آب", "fa")


def test_a_profile_may_have_a_latin_name_and_hide_the_name() -> None:
    profile = accept_profile(FORM | {"latin_name": "Sara Ahmadi", "shows": "position-and-office"})

    assert (profile.latin_name, profile.shows) == ("Sara Ahmadi", Showing.POSITION_AND_OFFICE)


def test_every_fault_is_named_at_once() -> None:
    assert faults(name="", position="x" * 121, office="\u202ex", language="de", shows="nothing") == {
        "name": "required",
        "position": "too-long",
        "office": "invisible-character",
        "language": "unknown-value",
        "shows": "unknown-value",
    }


def test_fields_that_no_form_has_are_left_out() -> None:
    profile = accept_profile(FORM | {"platform_role": "admin", "state": "active", "id": "x"})

    assert profile == accept_profile(FORM)


@pytest.mark.parametrize("name", ["Sаra", "علیx", "Νina", "Sara Аhmadi"])
def test_a_word_of_two_scripts_is_refused(name: str) -> None:
    assert faults(name=name) == {"name": "mixed-scripts"}


@pytest.mark.parametrize(
    "name", ["علی\u200cرضا", "O'Neill", "Jean-Luc", "سارا Ahmadi", "山田 たろう", "Renée"]
)
def test_a_name_of_one_script_a_word_is_kept(name: str) -> None:
    assert accept_profile(FORM | {"name": name}).name == name


@pytest.mark.parametrize("hiding", ["\u202a", "\u202e", "\u2066", "\u2069", "\u200b", "\u2060", "\ufeff"])
def test_a_hiding_character_is_refused_in_every_field(hiding: str) -> None:
    turned = {key: f"{FORM[key]}{hiding}x" for key in ("name", "position", "office")}

    assert set(faults(**turned).values()) == {"invisible-character"}


@pytest.mark.parametrize("name", ["Admin", "АDMIN", "M0derator", "مدير سامانه", "Knowledge-Exchange", "ناظر"])
def test_a_name_that_passes_for_the_exchange_is_refused(name: str) -> None:
    assert faults(name=name)["name"] in {"reserved-name", "mixed-scripts"}


def test_a_name_needs_a_letter() -> None:
    assert faults(name="۱۲۳") == {"name": "no-letter"}


def test_the_latin_name_is_latin() -> None:
    assert faults(latin_name="سارا") == {"latin_name": "not-latin"}


def test_an_invitation_to_a_city_has_a_role_and_rights() -> None:
    form = {"email": " a@b.example ", "role": "contributor", "may_publish": "yes"}

    invited = accept_invitation(form, city="tehran")

    assert invited == Invitation("a@b.example", "tehran", Rights(CityRole.CONTRIBUTOR, True, False))


def test_an_invitation_to_the_exchange_has_no_city() -> None:
    invited = accept_invitation({"email": "a@b.example", "platform_role": "moderator"}, city=None)

    assert invited == Invitation("a@b.example", platform_role=PlatformRole.MODERATOR)


def test_a_faulty_invitation_names_all_faults() -> None:
    with pytest.raises(Invalid) as refused:
        accept_invitation({"email": "nobody", "role": "king"}, city="tehran")

    assert {fault.key: fault.code for fault in refused.value.faults} == {
        "email": "not-an-email-address",
        "role": "unknown-value",
    }


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("member", Rights(CityRole.MEMBER, False, False)),
        ("contributor", Rights(CityRole.CONTRIBUTOR, True, True)),
        ("admin", Rights(CityRole.ADMIN, True, True)),
    ],
)
def test_rights_follow_the_role(role: str, expected: Rights) -> None:
    assert accept_rights({"role": role, "may_publish": "yes", "speaks_for_city": "yes"}) == expected


def test_an_email_address_stands_alone() -> None:
    assert accept_email({"email": "Sara@Tehran.example"}) == "Sara@Tehran.example"

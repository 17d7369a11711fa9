"""What an operator types: exit status, what is printed, and round trips through files."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from PIL import Image as Picture

from knowledgebase.app import create_app
from knowledgebase.config import Settings
from tests.sites import Folder, found, publish, site_of

FULL = """formerly: []
led_by: {name: Water company, kind: utility}
translations:
  fa: {title: هوای پاک, summary: خلاصه‌ای کوتاه., by: editors}
cost:
  capital: {amount: {low: 10, high: 12.50}, currency: toman, year: 1398, kind: estimate}
results:
  - indicator: PM2.5
    what: outcome
    unit: µg/m3
    better: lower
    before: {value: 38.4, date: 2012}
    after: {value: 29.10, date: 2016}
    method: measured
    sources: [1]
sources:
  - {title: A report, year: 2017, url: "https://example.org/r"}
"""


def run(app: Flask, *arguments: str) -> Result:
    with app.app_context():
        return app.test_cli_runner().invoke(args=["kb", *arguments])


def table(ended: Result) -> dict[str, int]:
    """Return the rows of an import's table that count something."""
    rows = [line.split() for line in ended.stdout.splitlines() if not line.startswith("dry run")]
    return {name: int(count) for name, count in rows if int(count)}


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_import_says_how_many_files_had_which_outcome(app: Flask, folder: Folder) -> None:
    folder.case("tehran/clean-air")

    first, second = run(app, "import", str(folder.path)), run(app, "import", str(folder.path))

    assert (first.exit_code, table(first)) == (0, {"added": 2})
    assert (second.exit_code, table(second)) == (0, {"unchanged": 2})


def test_import_names_file_line_and_key_in_both_languages(app: Flask, folder: Folder) -> None:
    folder.case("tehran/clean-air", topics="flying")

    ended = run(app, "import", str(folder.path))

    assert ended.exit_code == 1
    assert "tehran/clean-air.md:5: topics.1:" in ended.stderr
    assert "flying" in ended.stderr
    assert any("\u0600" <= letter <= "\u06ff" for letter in ended.stderr)


def test_a_dry_run_exits_as_the_import_would_and_changes_nothing(app: Flask, folder: Folder) -> None:
    folder.case("tehran/clean-air", topics="flying")

    ended = run(app, "import", str(folder.path), "--dry-run")

    assert ended.exit_code == 1
    assert "dry run" in ended.stdout


def test_many_vanished_cases_ask_for_a_word(app: Flask, folder: Folder) -> None:
    for number in range(7):
        folder.case(f"tehran/case-{number}")
    run(app, "import", str(folder.path))
    for number in range(6):
        folder.remove(f"tehran/case-{number}.md")

    halted = run(app, "import", str(folder.path))
    allowed = run(app, "import", str(folder.path), "--withdraw")

    assert halted.exit_code == 1
    assert "--withdraw" in halted.stderr
    assert (allowed.exit_code, table(allowed)) == (0, {"unchanged": 2, "withdrawn": 6})


def test_an_export_is_stable_and_importing_it_changes_nothing(
    app: Flask, folder: Folder, tmp_path: Path
) -> None:
    folder.case("tehran/clean-air", title="هوای پاک؛ شهر", language="fa", more=FULL.replace("  fa:", "  en:"))
    folder.case("london/plain")
    publish(site_of(app), folder)
    first, second = tmp_path / "one", tmp_path / "two"

    exported = run(app, "export", str(first))
    imported = run(app, "import", str(first))
    run(app, "export", str(second))

    assert exported.stdout.strip().startswith("exported 2 cases and 2 cities")
    assert (imported.exit_code, table(imported)) == (0, {"unchanged": 4})
    assert bytes_of(first) == bytes_of(second)


def test_an_export_carries_a_site_to_another_instance(
    app: Flask, folder: Folder, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    folder.case("tehran/clean-air", more=FULL)
    publish(site_of(app), folder)
    run(app, "export", str(tmp_path / "out"))
    other: Flask = request.getfixturevalue("other_app")

    publish(site_of(other), Folder(tmp_path / "out"))
    run(other, "export", str(tmp_path / "again"))

    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "again")


@pytest.mark.parametrize("thing", ["case", "city"])
def test_schema_prints_json_schema(app: Flask, thing: str) -> None:
    ended = run(app, "schema", thing)

    schema = json.loads(ended.stdout)
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False


def test_check_needs_no_database(app: Flask, folder: Folder) -> None:
    folder.case("tehran/clean-air")
    folder.case("tehran/bomb", body="[" * 9_000)
    folder.write("nowhere/case.md", folder.case("tehran/other").read_bytes())

    ended = run(app, "check", str(folder.path))

    assert ended.exit_code == 1
    assert "tehran/bomb.md" in ended.stdout
    assert "nowhere/case.md" in ended.stdout
    assert ended.stdout.strip().endswith("5 files, 2 with faults")


def test_index_reindex_reconcile_and_status_agree(app: Flask, folder: Folder) -> None:
    folder.case("tehran/clean-air", title="Zone")
    run(app, "import", str(folder.path))

    waiting = json.loads(run(app, "status", "--json").stdout)
    indexed = run(app, "index")
    rebuilt = run(app, "reindex")
    compared = run(app, "reconcile", "--dry-run")
    status = json.loads(run(app, "status", "--json").stdout)

    assert (waiting["queue"], waiting["documents"]) == (1, 0)
    assert indexed.stdout.strip() == "indexed 1 changes"
    assert rebuilt.stdout.startswith("live index: ")
    assert compared.exit_code == 0
    assert (status["queue"], status["documents"], status["poison"], status["engine"]) == (0, 1, 0, "embedded")
    assert found(site_of(app), "zone") == ["tehran/clean-air"]


def test_upgrade_can_be_repeated(app: Flask) -> None:
    first, second = run(app, "upgrade"), run(app, "upgrade")

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout.splitlines()[0] == second.stdout.splitlines()[0]


def test_a_city_is_added_once_and_with_a_country(app: Flask) -> None:
    added = run(app, "city", "add", "tehran", "--name-en", "Tehran", "--name-fa", "تهران", "--country", "IR")
    again = run(app, "city", "add", "tehran", "--name-en", "Tehran", "--country", "IR")
    wrong = run(app, "city", "add", "Yazd!", "--name-en", "Yazd", "--country", "Persia")

    assert (added.exit_code, again.exit_code, wrong.exit_code) == (0, 1, 1)
    assert added.stdout.startswith("tehran is there; kb invite")
    assert "already-there" in again.stderr
    assert "Yazd!" in wrong.stderr
    assert "Persia" in wrong.stderr


COMMANDS = (["import", "FOLDER"], ["index"], ["reindex"], ["reconcile"], ["status"], ["export", "FOLDER"])


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
@pytest.mark.parametrize("fault", ["not-upgraded", "garbage"])
def test_a_database_that_does_not_serve_ends_a_command_in_one_line(
    tmp_path: Path, folder: Folder, arguments: list[str], fault: str
) -> None:
    folder.case("tehran/clean-air")
    instance = tmp_path / "bare"
    instance.mkdir()
    if fault == "garbage":
        (instance / "knowledgebase.sqlite").write_bytes(b"no database at all, " * 400)
    bare = create_app(Settings(instance=instance, secret_key="k" * 32))

    ended = run(bare, *(str(folder.path) if one == "FOLDER" else one for one in arguments))

    assert ended.exit_code == 1
    assert isinstance(ended.exception, SystemExit)
    assert len(ended.stderr.strip().splitlines()) == 1
    assert "KB_DATABASE_URL" in ended.stderr


def test_a_folder_that_cannot_be_written_is_named_in_one_line(app: Flask, folder: Folder) -> None:
    folder.case("tehran/clean-air")
    publish(site_of(app), folder)

    ended = run(app, "export", "/proc/none")

    assert ended.exit_code == 1
    assert ended.stderr.startswith("Error: /proc/none")
    assert len(ended.stderr.strip().splitlines()) == 1


def test_a_cover_survives_an_export_unchanged(
    app: Flask, folder: Folder, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    folder.case("tehran/clean-air", more="cover: {file: pic.png, alt: A street}\n")
    drawn = BytesIO()
    Picture.new("RGB", (40, 30), (200, 30, 30)).save(drawn, "PNG")
    folder.write("tehran/pic.png", drawn.getvalue())
    publish(site_of(app), folder)
    run(app, "export", str(tmp_path / "out"))
    other: Flask = request.getfixturevalue("other_app")

    publish(site_of(other), Folder(tmp_path / "out"))
    run(other, "export", str(tmp_path / "again"))

    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "again")
    assert len(bytes_of(tmp_path / "out")) == 3


def test_a_file_name_moves_nothing_on_the_terminal(app: Flask, folder: Folder) -> None:
    folder.city()
    (folder.path / "tehran" / "a\x1b[2J\u202eb\u200cc.md").write_text("---\n", "utf-8")

    ended = run(app, "check", str(folder.path))

    assert "\x1b" not in ended.output
    assert "\u202e" not in ended.output
    assert "a\\u001b[2J\\u202eb\u200cc.md" in ended.output

"""Whether the process lives, and whether it can serve."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from flask import Flask

from knowledgebase.app import create_app
from knowledgebase.cli.content import bring_in
from knowledgebase.config import Settings
from knowledgebase.services.site import Site
from knowledgebase.web.health import readiness
from tests.sites import Folder, site_of


def test_a_living_process_says_so_without_a_database(bare: Flask) -> None:
    answer = bare.test_client().get("/healthz")

    assert (answer.status_code, answer.text, answer.headers["Cache-Control"]) == (200, "ok\n", "no-store")


def test_a_site_with_everything_is_ready(app: Flask) -> None:
    answer = app.test_client().get("/readyz")

    assert answer.status_code == 200
    assert answer.get_json()["search"] == "ready"
    assert answer.get_json()["queue"] == {"waiting": 0, "lag": 0.0, "poison": 0}


def test_a_database_that_was_never_upgraded_cannot_serve(tmp_path: Path) -> None:
    fresh = create_app(Settings(instance=tmp_path, secret_key="k" * 32))

    answer = fresh.test_client().get("/readyz")
    site_of(fresh).close()

    assert (answer.status_code, answer.get_json()) == (503, {"ready": False, "database": "other-schema"})


def test_a_site_without_its_database_cannot_serve(app: Flask, tmp_path: Path) -> None:
    site_of(app).close()
    for file in (tmp_path / "instance").glob("knowledgebase.sqlite*"):
        file.unlink()
    (tmp_path / "instance" / "knowledgebase.sqlite").mkdir()

    answer = app.test_client().get("/readyz")

    assert (answer.status_code, answer.get_json()) == (503, {"ready": False, "database": "away"})


def test_pages_are_served_without_an_index_and_the_probe_says_that_it_is_missing(
    app: Flask, tmp_path: Path
) -> None:
    site_of(app).index.close()
    shutil.rmtree(tmp_path / "instance" / "index")

    answer = app.test_client().get("/readyz")

    assert answer.status_code == 200
    assert answer.get_json()["search"] == "degraded"


def test_the_lag_is_the_age_of_the_oldest_change_that_waits(site: Site, folder: Folder) -> None:
    folder.case("tehran/one")
    bring_in(site, folder.path)
    in_five_minutes = replace(site, now=lambda: site.now() + timedelta(minutes=5))

    queue = readiness(in_five_minutes)["queue"]

    assert queue["waiting"] == 1
    assert 300 <= queue["lag"] < 330

"""The walk through content/: what is found, what is passed over, what is a fault."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from knowledgebase.domain.errors import Invalid
from knowledgebase.intake.folder import Found, read_file, read_picture, walk
from knowledgebase.intake.frontmatter import FILE_MAX


def put(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def codes(folder: Path) -> list[tuple[str, str]]:
    return [(str(one.path.relative_to(folder)), one.fault.code) for one in walk(folder) if one.fault]


def test_cities_come_first_then_cases_by_address(tmp_path: Path) -> None:
    files = ["tehran/b.md", "tehran/a.md", "tehran/_city.md", "oslo/هوا.md", "oslo/_city.md"]
    put(tmp_path, dict.fromkeys(files, "12345"))

    assert list(walk(tmp_path)) == [
        Found(tmp_path / "oslo/_city.md", "oslo", None, 5),
        Found(tmp_path / "tehran/_city.md", "tehran", None, 5),
        Found(tmp_path / "oslo/هوا.md", "oslo", "هوا", 5),
        Found(tmp_path / "tehran/a.md", "tehran", "a", 5),
        Found(tmp_path / "tehran/b.md", "tehran", "b", 5),
    ]


def test_hidden_files_readmes_and_pictures_are_passed_over(tmp_path: Path) -> None:
    put(
        tmp_path,
        dict.fromkeys(
            [
                "README.md",
                ".git/x.md",
                "oslo/readme.md",
                "oslo/.draft.md",
                "oslo/a.jpg",
                "oslo/b.PNG",
                "oslo/c.webp",
            ],
            "x",
        ),
    )

    assert list(walk(tmp_path)) == []


def test_misnamed_and_misplaced_files_are_faults(tmp_path: Path) -> None:
    put(
        tmp_path,
        dict.fromkeys(
            [
                "stray.md",
                "Oslo!/a.md",
                "oslo/A File.md",
                "oslo/notes.txt",
                "oslo/_draft.md",
                "oslo/deep/a.md",
                "oslo/.md",
            ],
            "x",
        ),
    )

    assert codes(tmp_path) == [
        ("Oslo!", "misnamed-folder"),
        ("oslo/A File.md", "misnamed-file"),
        ("oslo/_draft.md", "misnamed-file"),
        ("oslo/deep", "misplaced-file"),
        ("oslo/notes.txt", "misplaced-file"),
        ("stray.md", "misplaced-file"),
    ]


def test_faults_come_last_and_do_not_hide_the_rest(tmp_path: Path) -> None:
    put(tmp_path, {"oslo/_city.md": "x", "oslo/A!.md": "x", "oslo/z.md": "x"})

    assert [(one.slug, one.fault is None) for one in walk(tmp_path)] == [
        (None, True),
        ("z", True),
        ("A!", False),
    ]


def test_links_that_leave_the_folder_are_faults(tmp_path: Path) -> None:
    outside = put(tmp_path / "outside", {"a.md": "secret"})
    folder = put(tmp_path / "content", {"oslo/_city.md": "x", "oslo/a.md": "x"})
    (folder / "oslo" / "leak.md").symlink_to(outside / "a.md")
    (folder / "berlin").symlink_to(outside)
    (folder / "oslo" / "inside.md").symlink_to(folder / "oslo" / "a.md")

    assert codes(folder) == [("berlin", "link-leaves-folder"), ("oslo/leak.md", "link-leaves-folder")]


def test_links_to_nowhere_and_in_circles_are_faults(tmp_path: Path) -> None:
    put(tmp_path, {"oslo/_city.md": "x"})
    (tmp_path / "oslo" / "gone.md").symlink_to(tmp_path / "nothing")
    (tmp_path / "oslo" / "round.md").symlink_to(tmp_path / "oslo" / "round.md")

    assert codes(tmp_path) == [("oslo/gone.md", "unreadable-file"), ("oslo/round.md", "unreadable-file")]


def test_a_link_to_a_picture_elsewhere_is_a_fault_too(tmp_path: Path) -> None:
    outside = put(tmp_path / "outside", {"a.jpg": "picture"})
    folder = put(tmp_path / "content", {"oslo/_city.md": "x", "oslo/b.jpg": "picture"})
    (folder / "oslo" / "a.jpg").symlink_to(outside / "a.jpg")

    assert codes(folder) == [("oslo/a.jpg", "link-leaves-folder")]


def test_a_picture_is_read_only_from_a_plain_file_beside_the_case(tmp_path: Path) -> None:
    put(tmp_path, {"oslo/a.jpg": "picture", "b.jpg": "secret"})
    (tmp_path / "oslo" / "link.jpg").symlink_to(tmp_path / "b.jpg")
    os.mkfifo(tmp_path / "oslo" / "pipe.jpg")

    assert read_picture(tmp_path / "oslo", "a.jpg") == b"picture"
    for name in ("link.jpg", "pipe.jpg", "none.jpg"):
        with pytest.raises(Invalid, match="cover-missing"):
            read_picture(tmp_path / "oslo", name)


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    put(tmp_path, {"oslo/_city.md": "x"})
    os.mkfifo(tmp_path / "oslo" / "pipe.md")

    assert codes(tmp_path) == [("oslo/pipe.md", "misplaced-file")]


def test_a_name_that_is_no_utf_8_is_a_fault(tmp_path: Path) -> None:
    put(tmp_path, {"oslo/_city.md": "x"})
    (tmp_path / "oslo" / os.fsdecode(b"ol\xe9.md")).write_text("x", encoding="utf-8")

    (found,) = [one for one in walk(tmp_path) if one.fault]

    assert found.fault is not None
    assert (found.fault.code, found.fault.values) == ("name-not-utf-8", {"name": "ol\ufffd.md"})


def test_two_spellings_of_one_name_are_twins(tmp_path: Path) -> None:
    put(tmp_path, {"oslo/_city.md": "x", "oslo/e\u0301cole.md": "x", "oslo/\u00e9cole.md": "x"})

    found = list(walk(tmp_path))

    assert [one.slug for one in found] == [None, "\u00e9cole", "\u00e9cole"]
    assert [one.fault.code for one in found if one.fault] == ["twin-name"]


def test_capitals_are_kept_and_do_not_make_a_second_address(tmp_path: Path) -> None:
    put(tmp_path, {"oslo/_city.md": "x", "oslo/Clean-Air.md": "x", "oslo/clean-air.md": "x"})

    found = list(walk(tmp_path))

    assert [one.slug for one in found] == [None, "Clean-Air", "clean-air"]
    assert [one.fault.code for one in found if one.fault] == ["twin-name"]


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    put(tmp_path, {"oslo/a.md": "متن"})
    (found,) = walk(tmp_path)

    assert read_file(found) == "متن".encode()


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    put(tmp_path, {"oslo/a.md": ""})
    os.truncate(tmp_path / "oslo" / "a.md", 1 << 30)
    (found,) = walk(tmp_path)

    with pytest.raises(Invalid) as refused:
        read_file(found)

    assert found.size == 1 << 30
    assert [fault.code for fault in refused.value.faults] == ["file-too-large"]
    assert refused.value.faults[0].values == {"most": FILE_MAX}


def test_a_file_that_vanished_is_refused(tmp_path: Path) -> None:
    put(tmp_path, {"oslo/a.md": "x"})
    (found,) = walk(tmp_path)
    found.path.unlink()

    with pytest.raises(Invalid) as refused:
        read_file(found)

    assert [fault.code for fault in refused.value.faults] == ["unreadable-file"]

"""Write cases and cities as files: the same texts give the same bytes, whatever was there before."""

from collections.abc import Iterable
from pathlib import Path

from knowledgebase.domain.incoming import Picture
from knowledgebase.domain.record import CaseRecord, CityRecord
from knowledgebase.intake.export import case_file, city_file
from knowledgebase.intake.folder import CITY_FILE


def write_all(
    folder: Path,
    cases: Iterable[tuple[CaseRecord, Picture | None]],
    cities: Iterable[CityRecord],
) -> tuple[int, int]:
    """Write all texts below a folder and return how many cases and cities were written."""
    written = [0, 0]
    for city in cities:
        _write(folder / city.city.id / CITY_FILE, city_file(city.city).encode())
        written[1] += 1
    for record, picture in cases:
        case = record.case
        _write(folder / case.city / f"{case.slug}.md", case_file(case).encode())
        if picture is not None:
            _write(folder / case.city / picture.name, picture.data)
        written[0] += 1
    return written[0], written[1]


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_file() or path.read_bytes() != data:
        path.write_bytes(data)

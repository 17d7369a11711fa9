"""The front door is counted once, and again as soon as there is something else to count."""

from knowledgebase.services import reading
from knowledgebase.services.site import Site
from tests.counting import counting
from tests.sites import Folder, publish


def test_it_is_counted_once(each_site: Site, folder: Folder) -> None:
    folder.case("tehran/first")
    publish(each_site, folder)
    before = reading.home(each_site)

    with counting(each_site.store) as counted:
        again = reading.home(each_site)

    assert again == before
    assert counted.number == 1


def test_every_change_is_seen_at_once(each_site: Site, folder: Folder) -> None:
    seen = [reading.home(each_site).cases]
    folder.case("tehran/first")
    file = folder.case("tehran/second")
    publish(each_site, folder)
    seen.append(reading.home(each_site).cases)
    file.unlink()
    publish(each_site, folder)
    seen.append(reading.home(each_site).cases)

    folder.city("tehran", name="Another name")
    publish(each_site, folder)

    assert seen == [0, 2, 1]
    assert reading.home(each_site).cities[0].names["en"] == "Another name"

"""Whatever was there before: afterwards the folder holds the new site and what was not ours."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from publish_child import refuse
from publish_sites import files_seen, kept, leftovers, outputs, publish_now, way_of, write

from innspill.manifest import MANIFEST, ancestors, verify, whole_site
from innspill.output import Output
from innspill.publish import PublishError, libc

NAMES = st.sampled_from(["a", "b", "c.html", "ø", "manifest.json.txt"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
FILES = st.dictionaries(PATHS, st.binary(max_size=3), max_size=7).map(
    lambda files: {
        path: data
        for path, data in files.items()
        if not any(folder in files for folder in ancestors(path))
    }
)
RUNS = st.lists(st.tuples(FILES, FILES, FILES, st.booleans()), min_size=1, max_size=3)


@pytest.mark.parametrize("way", ["exchange", "files"])
@given(runs=RUNS)
@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_new_site_and_foreign_files(
    monkeypatch: pytest.MonkeyPatch,
    way: str,
    runs: list[tuple[dict[str, bytes], dict[str, bytes], dict[str, bytes], bool]],
) -> None:
    if way == "files":
        monkeypatch.setattr(libc, "exchange", refuse)
    monkeypatch.setattr(libc, "sync_filesystem", lambda folder: None)
    with TemporaryDirectory() as place:
        folder = Path(place, "build")
        ours: set[str] = set()
        for site, foreign, by_hand, in_place in runs:
            put_beside(folder, foreign)
            change = overwrite if in_place else put_beside
            change(folder, {path: data for path, data in by_hand.items() if path in ours})
            ours = check_run(folder, site, ours)


def put_beside(folder: Path, files: dict[str, bytes]) -> None:
    """Writes where there is room for it: no folder gives way to a file, nor a file to one."""
    for path, data in files.items():
        around = [folder / name for name in ancestors(path)]
        if not (folder / path).is_dir() and all(p.is_dir() or not p.exists() for p in around):
            write(folder, {path: data})


def overwrite(folder: Path, files: dict[str, bytes]) -> None:
    """Writes into the very files that are there, whatever other names they have."""
    for path, data in files.items():
        if (folder / path).is_file():
            (folder / path).write_bytes(data)


def check_run(folder: Path, site: dict[str, bytes], ours: set[str]) -> set[str]:
    """Publishes, and returns what is ours now."""
    before = files_seen(folder)
    foreign = {path: data for path, data in before.items() if path not in ours}
    copies = kept(folder)
    try:
        published = publish_now(outputs(site), folder, adopts=True)
    except PublishError:
        blocking = [p for p in site if any(p in ancestors(other) for other in foreign)]
        assert blocking
        assert files_seen(folder) == before
        return ours

    after = files_seen(folder)
    stays = {
        path: data
        for path, data in foreign.items()
        if path not in site and not any(path in ancestors(other) for other in site)
    }
    stays.pop("manifest.json", None)
    manifest = after.pop("manifest.json")
    assert after == {**stays, **site}
    assert published.foreign == tuple(sorted(stays))
    assert {copy.read_bytes() for copy in published.saved.values()} | copies == kept(folder)
    saved = set(published.saved)
    for path in foreign.keys() - stays.keys() - {"manifest.json"}:
        assert path in saved or foreign[path] == site.get(path)
    assert verify(folder) == ()
    assert leftovers(folder) == []
    assert way_of(publish_now(outputs(site), folder)) == "nothing"
    assert files_seen(folder)["manifest.json"] == manifest
    return set(site) | {"manifest.json"}


names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\\\0"), max_size=8)
paths = names.map("f-{}".format)


@given(
    st.dictionaries(paths, st.tuples(st.binary(max_size=9), st.lists(names, max_size=3))),
    names,
    st.none() | st.just("0123456789abcdef" * 4),
)
def test_the_manifest_is_laid_out_as_json_lays_it_out(
    files: dict[str, tuple[bytes, list[str]]], generator: str, revision: str | None
) -> None:
    outputs = [Output(path, data, tuple(sources)) for path, (data, sources) in files.items()]
    written = whole_site(outputs, generator, revision)[MANIFEST].load().decode()
    told = {
        "generator": generator,
        "files": {
            each.path: {"sha256": each.sha256, "size": each.size, "sources": list(each.sources)}
            for each in outputs
        },
        **({"revision": revision} if revision else {}),
    }
    assert written == json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n"

"""Past one machine: the same bytes from workers that share nothing but a store, and from shards."""

from __future__ import annotations

import hashlib
import os
import pickle
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from distributed import Client
from everything import picture
from executor_child import double, end, fail
from machines import KEY, PATIENCE, PROGRAM, Machines, machines, s3, unshare
from processes import until
from repositories import begun
from sites import ANSWERS, HEAD, ROOT, innspill, project, statement, tree

from innspill.distributed import dask_executor
from innspill.distributed.dask_executor import DaskExecutor, OtherProgram
from innspill.failure import MachineFault
from innspill.render.templates import TemplateFault, Templates
from innspill.store import STORE_KEY, Store, open_store, store_at

PACKAGE = ROOT / "scripts" / "innspill"
BUCKET = "eksempel"


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    """What reaches the bucket; for this process too."""
    with s3() as found, pytest.MonkeyPatch.context() as patch:
        for name, value in found.items():
            patch.setenv(name, value)
        objects().create_bucket(Bucket=BUCKET)
        yield found


def objects() -> Any:
    return boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"])


def entries(prefix: str) -> dict[str, bytes]:
    """What lies in the bucket."""
    listed = objects().list_objects_v2(Bucket=BUCKET, Prefix=f"{prefix}/").get("Contents", ())
    paths = [each["Key"] for each in listed]
    return {e: objects().get_object(Bucket=BUCKET, Key=e)["Body"].read() for e in paths}


@pytest.fixture(scope="module")
def cluster(
    tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]
) -> Iterator[Machines]:
    with machines(tmp_path_factory.getbasetemp(), environment) as found:
        for _ in range(3):
            found.worker()
        yield found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two statements with a picture, an old version with another, and a template of its own."""
    repo = begun(tmp_path_factory.mktemp("site"))
    old = ANSWERS + "\n![Et kart](kart.png) [Et vedlegg](brev.txt)\n"
    files: dict[str, str | bytes] = {
        **statement(old),
        "sak/kart.png": picture("PNG"),
        "sak/brev.txt": b"Eksempel\n",
    }
    repo.commit(files, "Utkast", "2024-03-07")
    repo.tag("sak/eksempel/2024-03-07-vedtatt")
    other = HEAD.replace("Eksempel bydelsutvalg", "Eksempel Annen bydelsutvalg")
    now: dict[str, str | bytes] = {
        "sak/kart.png": picture("PNG", (9, 9)),
        "sak/annen.md": other + ANSWERS,
    }
    repo.commit({**statement(old + "\nEt tillegg.\n"), **now}, "Retting", "2024-04-11")
    own = repo.root / "templates" / "statement.html"
    own.parent.mkdir()
    text = (ROOT / "templates" / "statement.html").read_text(encoding="utf-8")
    block = "{% block main %}"
    assert block in text
    own.write_text(text.replace(block, f"{block}<p>Vår mal</p>"), encoding="utf-8")
    return repo.root


@pytest.fixture(scope="module")
def here(site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site as it is made on one machine."""
    made = built(copy_of(site, tmp_path_factory.mktemp("here")))
    assert "<p>Vår mal</p>".encode() in made["sak/eksempel/index.html"]
    return made


def copy_of(site: Path, folder: Path) -> Path:
    """The project on another machine, which has made nothing of it yet."""
    return shutil.copytree(site, folder / site.name, symlinks=True)


def built(place: Path, *more: str, **environment: str) -> dict[str, bytes]:
    innspill("build", "--jobs", "1", "--output", "ut", *more, cwd=place, code=0, **environment)
    return tree(place / "ut")


def test_workers_that_see_nothing_of_it_make_the_same_bytes(
    site: Path,
    here: dict[str, bytes],
    cluster: Machines,
    environment: dict[str, str],
    tmp_path: Path,
) -> None:
    """One of three is killed with work in hand."""
    place = copy_of(site, tmp_path)
    with Client(cluster.scheduler, set_as_default=False) as client:
        client.wait_for_workers(3)
        if unshare():  # else the machine does not let us hide what is on it
            assert set(client.run(os.path.exists, str(place)).values()) == {False}
            owns = [tuple(each) for each in client.run(os.listdir, str(cluster.hidden)).values()]
            assert len(set(owns)) == 3
            assert {len(each) for each in owns} == {1}
        pids = client.run(os.getpid)
        command = [sys.executable, "-m", "innspill", "build", "--output", "ut"]
        command += ["--store", f"s3://{BUCKET}/on", "--on", cluster.scheduler]
        building = start_in(place, command, environment)
        until(lambda: any(client.processing().values()), PATIENCE)
        busy = next(worker for worker, keys in client.processing().items() if keys)
        os.kill(pids[busy], 9)
        assert building.wait() == 0
        until(lambda: len(client.nthreads()) == 2, PATIENCE)
        assert all(client.run(has_imported, "weasyprint").values())
    assert tree(place / "ut") == here
    cluster.worker()


def has_imported(name: str) -> bool:
    return name in sys.modules


def start_in(
    place: Path, command: list[str], environment: dict[str, str]
) -> subprocess.Popen[bytes]:
    own = {"PATH": os.environ["PATH"], "PYTHONPATH": str(PROGRAM[0]), "LC_ALL": "C.UTF-8"}
    return subprocess.Popen(command, cwd=place, env=own | environment)


def test_shards_are_joined_and_nothing_is_made_anew(
    site: Path, here: dict[str, bytes], environment: dict[str, str], tmp_path: Path
) -> None:
    asked = ("build", "--output", "ut", "--store", f"s3://{BUCKET}/shards")
    laid_out = 0
    for number in (1, 2):
        place = copy_of(site, tmp_path / str(number))
        ran = innspill(*asked, "--shard", f"{number}/2", cwd=place, code=0, **environment)
        assert f"part {number} of 2 made in " in ran.stdout
        assert "statements: 1 " in ran.stdout
        laid_out += told(ran.stdout, r"\((\d+) laid out\)")
        assert not (place / "ut").exists()
    made = entries("shards")
    assert len(parts_in(made)) == 2
    place = copy_of(site, tmp_path / "last")
    ran = innspill(*asked, cwd=place, code=0, **environment)
    assert told(ran.stdout, r"PDFs: (\d+)") == laid_out
    assert told(ran.stdout, r"\((\d+) laid out\)") == 0
    assert tree(place / "ut") == here
    joined = entries("shards")
    assert joined.items() >= made.items()
    assert parts_in(joined) == parts_in(made)


def parts_in(entries: dict[str, bytes]) -> set[str]:
    """The entries that are statements' parts: what they begin with is a card."""
    return {path for path, entry in entries.items() if b"card" in entry[64:72]}


def told(text: str, pattern: str) -> int:
    found = re.search(pattern, text)
    assert found, text
    return int(found[1])


@pytest.mark.parametrize("text", ["{{ 1 }}\n{{ missing }}\n", "\n{% if %}\n", "{{ 1 }}\n"])
def test_templates_say_the_same_where_their_folder_is_not(tmp_path: Path, text: str) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "a.html").write_text(text, encoding="utf-8")
    templates = Templates(tmp_path / "own")
    sent = pickle.loads(pickle.dumps(templates.by_value()))
    here = rendered(templates)
    shutil.rmtree(tmp_path / "own")
    assert rendered(sent) == here


def rendered(templates: Templates) -> object:
    try:
        return templates.render("a.html", "nb", {})
    except TemplateFault as fault:
        return fault.diagnostic, fault.texts


def test_an_entry_is_written_once(environment: dict[str, str]) -> None:
    store = store_at(f"s3://{BUCKET}/once")
    store.put(("a",), b"first")
    before = entries("once")
    store.put(("a",), b"second")
    assert entries("once") == before
    assert store.get(("a",)) == b"first"
    assert store.get(("b",)) is None


def test_only_what_the_key_sealed_is_believed(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"s3://{BUCKET}/forged"
    paths: dict[str, str] = {}
    for name in ("a", "b", "c"):
        store_at(address).put((name,), name.encode() * 9)
        (paths[name],) = entries("forged").keys() - paths.values()
    text = b"forged"
    with_its_digest = hashlib.sha256(text).hexdigest().encode() + text
    objects().put_object(Bucket=BUCKET, Key=paths["a"], Body=with_its_digest)
    other = {"Bucket": BUCKET, "Key": paths["c"]}
    objects().copy_object(Bucket=BUCKET, Key=paths["b"], CopySource=other)
    store = store_at(address)
    assert [store.get((name,)) for name in ("a", "b", "c")] == [None, None, b"c" * 9]
    assert [str(each) for each in store.notes] == [
        f"the store {address}: not sealed with INNSPILL_STORE_KEY, and not believed: 2"
    ]
    monkeypatch.setenv(STORE_KEY, "another key, which is as long as it has to be")
    assert store_at(address).get(("c",)) is None


def test_a_folder_that_is_shared_is_sealed_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store(tmp_path).put(("a",), b"with its digest alone")
    monkeypatch.setenv(STORE_KEY, KEY)
    place = project(tmp_path, store=tmp_path, store_is_named=True)
    store = open_store(place)
    assert store.get(("a",)) is None
    store.put(("b",), b"sealed")
    assert open_store(place).get(("b",)) == b"sealed"
    monkeypatch.delenv(STORE_KEY)
    assert open_store(place).get(("b",)) is None


@pytest.mark.parametrize("key", ["", "short"])
def test_without_a_key_a_shared_store_is_not_used(site: Path, key: str) -> None:
    store = f"s3://{BUCKET}/keyless"
    ran = innspill("build", "--store", store, cwd=site, code=2, INNSPILL_STORE_KEY=key)
    assert ran.stderr == (
        f"innspill: the store {store} is shared, and nothing in it is believed that was not "
        "sealed with a key: set INNSPILL_STORE_KEY to a secret of at least 32 characters, the "
        "same wherever the store is used, as `openssl rand -hex 32` makes one.\n"
    )


def test_a_store_that_cannot_be_reached_is_told(site: Path, environment: dict[str, str]) -> None:
    ran = innspill("build", "--store", "s3://no-such/x", cwd=site, code=3, **environment)
    assert ran.stderr.startswith("innspill: the store s3://no-such/x: ")
    ran = innspill("clean", "--store", "s3://eksempel/x", cwd=site, code=2)
    assert ran.stderr == "innspill: the store s3://eksempel/x is shared: empty it where it is\n"


@pytest.mark.parametrize(("option", "value"), [("--on", "tcp://127.0.0.1:1"), ("--shard", "1/2")])
def test_several_machines_need_a_store_with_a_name(site: Path, option: str, value: str) -> None:
    ran = innspill("build", option, value, cwd=site, code=2)
    told = f"with {option}, name a store that all the machines reach: --store"
    assert ran.stderr == f"innspill: {told}\n"


@pytest.mark.parametrize("value", ["2", "0/2", "3/2", "a/b"])
def test_a_shard_is_one_of_several(site: Path, value: str) -> None:
    ran = innspill("build", "--shard", value, cwd=site, code=2)
    assert f"{value} is no part as 2/5 is" in ran.stderr


def test_results_come_in_order_and_what_fails_is_raised(
    cluster: Machines, environment: dict[str, str]
) -> None:
    with DaskExecutor(cluster.scheduler, store_at(f"s3://{BUCKET}/map")) as executor:
        assert list(executor.map(double, range(9), str)) == [each * 2 for each in range(9)]
        with pytest.raises(ValueError, match="3") as raised:
            list(executor.map(fail, range(9), str))
        assert "in fail\n" in raised.value.__dict__["traced"]


def test_a_value_that_ends_workers_is_named(
    cluster: Machines, environment: dict[str, str], tmp_path: Path
) -> None:
    with machines(cluster.hidden, environment) as others:
        for _ in range(2):
            others.worker(is_replaced=True)
        with (
            DaskExecutor(others.scheduler, store_at(f"s3://{BUCKET}/map")) as executor,
            pytest.raises(MachineFault, match=r"^the workers ended that made tall-3; "),
        ):
            list(executor.map(end, range(9), "tall-{}".format))


def test_a_worker_with_another_store_is_told(
    cluster: Machines, environment: dict[str, str], tmp_path: Path
) -> None:
    with (
        DaskExecutor(cluster.scheduler, store_at(str(tmp_path))) as executor,
        pytest.raises(MachineFault, match=r"does not find in the store .* what was put there"),
    ):
        list(executor.map(double, range(2), str))


@pytest.mark.parametrize("lacks", ["__init__.py", "distributed"])
def test_a_worker_with_another_program_is_refused(
    cluster: Machines, environment: dict[str, str], lacks: str
) -> None:
    """It has another version, or one that knows nothing of other machines."""
    with (
        tempfile.TemporaryDirectory() as folder,
        machines(cluster.hidden, environment) as others,
    ):
        program = shutil.copytree(PACKAGE, Path(folder, "innspill"))
        shutil.copytree(ROOT / "templates", program / "templates")
        if lacks == "distributed":
            shutil.rmtree(program / lacks)
        else:
            (program / lacks).write_text('__version__ = "0"\n', encoding="utf-8")
        others.worker(program.parent)
        with (
            DaskExecutor(others.scheduler, store_at(f"s3://{BUCKET}/map")) as executor,
            pytest.raises(OtherProgram, match=r"^tcp://.* has other versions than this machine: "),
        ):
            list(executor.map(abs, range(2), str))


def test_a_scheduler_is_told_that_does_not_answer_or_has_no_worker(
    cluster: Machines, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_executor, "PATIENCE", 1)
    store = store_at(f"s3://{BUCKET}/map")
    for address in ("tcp://127.0.0.1:1", "nonsense://"):
        with pytest.raises(MachineFault, match=f"^the scheduler {address} can't be reached$"):
            DaskExecutor(address, store)
    with (
        machines(cluster.hidden, environment) as others,
        pytest.raises(MachineFault, match=r" has no worker: start some with `dask worker tcp://"),
    ):
        DaskExecutor(others.scheduler, store)


@pytest.mark.parametrize(
    ("library", "options"),
    [
        ("distributed", ("--on", "tcp://127.0.0.1:1", "--store", "felles")),
        ("fsspec", ("--store", "s3://eksempel/x")),
        ("s3fs", ("--store", "s3://eksempel/x")),
    ],
)
def test_without_the_extra_it_is_told_how_to_install_it(
    site: Path, tmp_path: Path, library: str, options: tuple[str, ...]
) -> None:
    missing = f"raise ModuleNotFoundError({library!r}, name={library!r})\n"
    (tmp_path / f"{library}.py").write_text(missing, encoding="utf-8")
    path = f"{tmp_path}:{ROOT / 'scripts'}"
    ran = innspill(*("build", *options), cwd=site, code=3, PYTHONPATH=path, INNSPILL_STORE_KEY=KEY)
    assert ran.stderr.startswith("innspill: for work on several machines, ")
    assert "`pip install 'innspill[distributed]'`" in ran.stderr

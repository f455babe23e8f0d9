"""Files that are not text: of any size, as they are, and none out of reach or passed over."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize
from urllib.parse import quote

import pytest
from everything import picture
from sites import (
    ANSWERS,
    CASE,
    CONTENT,
    EXAMPLE,
    HEAD,
    INDEX,
    ROOT,
    check_quietly,
    codes,
    innspill,
    project,
    tree,
)
from sites import write as write_site
from test_serve import serving

from innspill.build import build, pack_content
from innspill.failure import MachineFault
from innspill.project import BuildOptions, Progress

Wrong = Callable[[], set[str]]
ROOM = 300_000_000
"""Bytes of memory for a whole command, which needs two thirds of that on a small site."""
HUGE = 400_000_000
ATTACHED = CASE.replace("questions:", "attachments:\n  - file: {}\n    title: Opptak\nquestions:")
PAGE = "---\ntitle: Side\n---\n\n"
LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 12\n"
DROP_CAPABILITY = 24
"""`PR_CAPBSET_DROP` of prctl(2); 1 and 2 are what lets root read everything."""


def write(folder: Path, **files: str | bytes) -> Path:
    """The example site, with more files."""
    return write_site(folder, {**EXAMPLE, **files})


def run(
    folder: Path, *arguments: str, before: Callable[[], object] | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs the program after `before` has been called in its process; it says what is wrong."""
    ran = subprocess.run(
        [sys.executable, "-m", "innspill", *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "scripts"), "LC_ALL": "C.UTF-8"},
        preexec_fn=before,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "Traceback" not in ran.stderr
    return ran


def in_little_room() -> None:
    # Not RLIMIT_AS: what threads reserve and never use counts there, and differs from run to run.
    resource.setrlimit(resource.RLIMIT_DATA, (ROOM, ROOM))


def sparse(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.truncate(size)


@pytest.fixture
def wrong(tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], set[str]]:
    """What is wrong with the site, as `path:line: code`; a check and a build say the same."""
    monkeypatch.chdir(tmp_path)  # where messages count from

    def found() -> set[str]:
        place = project(tmp_path, store=store)
        checked = check_quietly(place)
        built = build(place, BuildOptions(with_pdf=False), quietly)
        assert built.checked.diagnostics == checked.diagnostics
        assert bool(built.published) == checked.is_sound
        return {f"{each.at.path}:{each.at.line}: {each.code}" for each in checked.diagnostics}

    return found


@contextmanager
def site_with(folder: Path, name: str, size: int) -> Iterator[Path]:
    """A site with a large attachment, which is taken away at once: tests' folders are kept."""
    write(folder, **{"sak/index.md": ATTACHED.format(name)})
    sparse(folder / "content/sak" / name, size)
    yield folder
    shutil.rmtree(folder)


# Of any size.


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_text_of_any_size_is_refused_in_little_room(
    tmp_path: Path, store: Path, command: str
) -> None:
    write(tmp_path)
    sparse(tmp_path / "content/sak/stor.md", HUGE)
    kept = ("--store", str(store)) if command == "build" else ()
    ran = run(tmp_path, command, *kept, before=in_little_room)
    assert ran.returncode == 1
    assert "content/sak/stor.md:1:1: error[too-large]: the file is larger than 2 MB" in ran.stderr
    assert ran.stderr.count("error[") == 1


def test_an_attachment_of_any_size_passes_through_in_little_room(
    tmp_path: Path,
) -> None:
    kept = ("--store", str(tmp_path / "store"))
    with site_with(tmp_path / "site", "opptak.mp4", HUGE) as folder:
        for command in (("check",), ("build", "--no-pdf", *kept), ("pack", "--no-pdf", *kept)):
            ran = run(folder, *command, before=in_little_room)
            assert ran.returncode == 0, ran.stdout + ran.stderr
        digest = sha256()
        for _ in range(HUGE // 1_000_000):
            digest.update(bytes(1_000_000))
        listed = json.loads((folder / "build/manifest.json").read_bytes())["files"]
        assert listed["sak/opptak.mp4"]["sha256"] == digest.hexdigest()
        assert (folder / "build/sak/opptak.mp4").stat().st_size == HUGE
        data = (folder / "build/sak/data.json").read_text(encoding="utf-8")
        assert digest.hexdigest() in data
        with zipfile.ZipFile(folder / "sak.zip") as archive:
            assert archive.getinfo("sak/sak/opptak.mp4").file_size == HUGE


def test_a_preview_gives_an_attachment_of_any_size(tmp_path: Path) -> None:
    with (
        site_with(tmp_path / "site", "opptak.mp4", HUGE) as folder,
        serving(folder) as served,
    ):
        answer = served.ask("/sak/opptak.mp4")
        assert (answer.status, len(answer.data)) == (200, HUGE)
        assert answer.headers["Content-Type"] == "video/mp4"
        status = Path(f"/proc/{served.process.pid}/status").read_text(encoding="utf-8")
        peak = next(line for line in status.split("\n") if line.startswith("VmHWM:"))
        assert int(peak.split()[1]) < 250_000, peak


def test_a_large_file_is_read_once_as_long_as_it_stays(tmp_path: Path, store: Path) -> None:
    size = 100_000_000
    with site_with(tmp_path / "site", "opptak.mp4", size) as folder:
        read = []
        for nth in range(3):
            time.sleep(3.1)  # until what the system says of the last change can be trusted
            (folder / "content/sak/eksempel.md").write_text(f"{HEAD}{ANSWERS}\nSvar {nth}.\n")
            before = bytes_read()
            assert build(
                project(folder, store=store), BuildOptions(with_pdf=False, jobs=1), quietly
            ).published
            read.append(bytes_read() - before)
        assert read[0] > size
        assert read[2] < size / 2


def bytes_read() -> int:
    """How many bytes this process has read so far, from wherever."""
    told = Path("/proc/self/io").read_text(encoding="ascii")
    return int(told.partition("rchar: ")[2].split()[0])


def quietly(*_: object) -> None:
    pass


# As they are.


@pytest.mark.parametrize("change", [b"e;f\n", b"longer;than it was\n", b""])
def test_a_file_that_changes_while_the_site_is_built_stops_it(
    tmp_path: Path, store: Path, change: bytes
) -> None:
    write(tmp_path, **{"sak/index.md": ATTACHED.format("a.csv"), "sak/a.csv": "a;b\n"})
    folder = tmp_path
    place = project(folder, store=store)
    assert build(place, BuildOptions(with_pdf=False), quietly).published
    before = tree(place.output)
    (folder / "content/sak/a.csv").write_bytes(b"c;d\n")

    def meanwhile(step: Progress) -> None:
        if step.phase.text == "Publishing":
            (folder / "content/sak/a.csv").write_bytes(change)

    with pytest.raises(MachineFault, match=r"sak/a\.csv was changed while the site was built"):
        build(place, BuildOptions(with_pdf=False), meanwhile)
    assert tree(place.output) == before


def test_a_file_that_changes_while_it_is_packed_leaves_no_zip(tmp_path: Path, store: Path) -> None:
    write(tmp_path, **{"sak/index.md": ATTACHED.format("a.csv"), "sak/a.csv": "a;b\n"})
    folder = tmp_path
    place = project(folder, store=store)
    _, packed = pack_content(place, "sak", BuildOptions(with_pdf=False), quietly)
    assert packed
    (folder / "content/sak/a.csv").write_bytes(b"c;d\n")
    with (tmp_path / "x.zip").open("wb") as file, pytest.raises(MachineFault):
        packed.write(file)


def test_an_image_that_is_gone_when_it_is_printed_is_no_gap(tmp_path: Path, store: Path) -> None:
    body = ANSWERS + "\n![Et kart](kart.svg)\n"
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"></svg>'
    folder = write(tmp_path, **{"sak/eksempel.md": HEAD + body, "sak/kart.svg": drawing})

    def meanwhile(step: Progress) -> None:
        if step.phase.text == "Making PDFs":
            (folder / "content/sak/kart.svg").unlink(missing_ok=True)

    with pytest.raises(MachineFault, match=r"sak/kart\.svg was changed"):
        build(project(folder, store=store), BuildOptions(jobs=1), meanwhile)
    assert not (folder / "build").exists()


# None out of reach.

HIDDEN = (
    "../.git/config",
    ".innspill/x",
    "../.hemmelig/x.pdf",
    ".skjult.pdf",
    "mappe/.x/y.pdf",
    "mappe/../.x",
    "./.git/../.x",
    ".../x.pdf",
    ".git./config",
)


@pytest.mark.parametrize("path", HIDDEN)
def test_no_key_reaches_what_is_hidden(tmp_path: Path, path: str) -> None:
    content = write(tmp_path, **{"sak/index.md": ATTACHED.format(path)}) / "content"
    target = content / "sak" / path
    if ".innspill" not in path and ".git/.." not in path:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("hemmelig", encoding="utf-8")
    ran = innspill("check", cwd=tmp_path, code=1)
    assert "content/sak/index.md:5:11: error[outside]: " in ran.stderr
    assert "what begins with a dot is hidden" in ran.stderr


@pytest.mark.parametrize(
    "link",
    [*HIDDEN, "%2e%2e/%2egit/config", "%2Eskjult.pdf", "mappe%2F.x", "a/%2e%2e/%2ex", ".skjult.md"],
)
def test_no_link_and_no_image_reaches_what_is_hidden(tmp_path: Path, link: str) -> None:
    more = {
        "side/lenke.md": f"{PAGE}[her]({link})\n",
        "side/bilde.md": f"{PAGE}![Et kart]({link})\n",
        "side/.skjult.pdf": "x",
        ".git/config": "x",
    }
    found = codes(tmp_path, {**EXAMPLE, **more})
    assert found == ["outside:5", "outside:5"]


def test_a_backslash_is_told_as_what_it_is(tmp_path: Path) -> None:
    files = {"sak/index.md": ATTACHED.format("mappe\\x.pdf"), "sak/mappe/x.pdf": "x"}
    write(tmp_path, **files)
    ran = innspill("check", cwd=tmp_path, code=1)
    assert 'error[outside]: "mappe\\x.pdf" has a backslash' in ran.stderr
    assert "write / between the names of folders and files" in ran.stderr


def test_no_link_on_the_disk_reaches_what_is_hidden(tmp_path: Path, wrong: Wrong) -> None:
    files = {"sak/index.md": ATTACHED.format("brev.pdf"), "sak/.hemmelig/x.pdf": "x", ".a.md": "x"}
    content = write(tmp_path, **files) / "content"
    (content / "sak/brev.pdf").symlink_to(".hemmelig/x.pdf")
    (content / "side.md").symlink_to(".a.md")
    assert wrong() == {
        "content/sak/index.md:5: no-attachment",
        "content/sak/brev.pdf:1: unused",
        "content/side.md:1: outside",
    }


def test_a_link_on_the_disk_to_a_file_beside_it_is_followed(tmp_path: Path, wrong: Wrong) -> None:
    files = {"sak/index.md": ATTACHED.format("brev.pdf"), "sak/a.pdf": "x"}
    content = write(tmp_path, **files) / "content"
    (content / "sak/brev.pdf").symlink_to("a.pdf")
    assert wrong() == {"content/sak/a.pdf:1: unused"}
    assert (tmp_path / "build/sak/brev.pdf").read_bytes() == b"x"


def test_what_is_no_file_is_told_and_never_waited_for(tmp_path: Path, wrong: Wrong) -> None:
    content = write(tmp_path, **{"sak/index.md": ATTACHED.format("rør.pdf")}) / "content"
    os.mkfifo(content / "sak/rør.pdf")
    os.mkfifo(content / "sak/rør.md")
    with closing(socket.socket(socket.AF_UNIX)) as listening:
        here = Path.cwd()
        os.chdir(content)  # the name of a socket may not be long
        listening.bind("sokkel.md")
        os.chdir(here)
        assert wrong() == {
            "content/sak/index.md:5: no-attachment",
            "content/sak/rør.pdf:1: unused",
            "content/sak/rør.md:1: not-a-file",
            "content/sokkel.md:1: not-a-file",
        }


@pytest.mark.parametrize("name", ["sak/lukket.md", "sak/lukket.pdf", "lukket"])
def test_what_may_not_be_read_is_named(tmp_path: Path, store: Path, name: str) -> None:
    files = {"sak/index.md": ATTACHED.format("lukket.pdf"), "sak/lukket.pdf": "x"}
    folder = write(tmp_path, **files, **{"sak/lukket.md": HEAD, "lukket/side.md": PAGE})
    closed = folder / "content" / name

    def without_roots_eyes() -> None:
        for capability in (1, 2):
            ctypes.CDLL(None).prctl(DROP_CAPABILITY, capability, 0, 0, 0)

    closed.chmod(0)
    try:
        for command in (("check",), ("build", "--no-pdf", "--store", str(store))):
            ran = run(folder, *command, before=without_roots_eyes)
            assert ran.returncode == 3
            assert f"content/{name}: the right to do so is missing" in ran.stderr
    finally:
        closed.chmod(0o700)


@contextmanager
def nested(folder: Path, depth: int) -> Iterator[None]:
    """Folders inside each other, a page in the last; they go at once, since Python can't."""
    here = Path.cwd()
    os.chdir(folder)
    try:
        for _ in range(depth):
            Path("d").mkdir()
            os.chdir("d")
        Path("side.md").write_text(PAGE, encoding="utf-8")
        os.chdir(here)
        yield
    finally:
        os.chdir(here)
        subprocess.run(["rm", "-rf", folder / "d"], check=True)


def test_folders_nest_only_so_deep(tmp_path: Path, store: Path, wrong: Wrong) -> None:
    content = write(tmp_path) / "content"
    innspill("build", "--no-pdf", "--store", store, cwd=tmp_path)  # the next looks at the names
    with nested(content, 1500):
        deepest = "content" + "/d" * 21
        assert wrong() == {f"{deepest}:1: too-deep"}
        for command in (("check",), ("build", "--no-pdf", "--store", str(store))):
            assert f"{deepest}:1:1: error[too-deep]" in run(tmp_path, *command).stderr


# Names.


@pytest.mark.parametrize(
    "name",
    [
        "CON", "con", "aux.v2", "NUL", "COM1", "lpt9", "COM¹", "a:b", "spm?", "slutt.", "rom ",
        "a*b", 'a"b', "a<b", "a|b", "to..",
    ],
)  # fmt: skip
def test_a_name_that_no_windows_share_takes_is_an_error(
    tmp_path: Path, name: str, wrong: Wrong
) -> None:
    more = {
        f"side/{name}.md": PAGE,
        f"{name}/side.md": PAGE,
        f"{name}/annen.md": PAGE,
        f"sak/{name}/a.pdf": "x",
        "lenke.md": f"{PAGE}[her](sak/{quote(name, safe='')}/a.pdf)\n",
    }
    write(tmp_path, **more)
    assert wrong() == {
        f"content/side/{name}.md:1: file-name",
        f"content/{name}:1: file-name",
        f"content/sak/{name}:1: file-name",
    }


@pytest.mark.parametrize(
    "name", ["con", "æøå", "konto", "a b", "v1.2", "com10", "auxiliær", "nul2"]
)
def test_a_usual_name_is_none(tmp_path: Path, name: str, wrong: Wrong) -> None:
    write(tmp_path, **{f"side/x{name}.md": PAGE, f"x{name}/side.md": PAGE})
    assert wrong() == set()


def test_an_attachment_and_an_image_are_named_alike(tmp_path: Path, wrong: Wrong) -> None:
    more: dict[str, str | bytes] = {
        "sak/index.md": ATTACHED.format("'spm?.pdf'"),
        "sak/spm?.pdf": "x",
        "side/side.md": PAGE + "![Et kart](kart%3a1.png)\n",
        "side/kart:1.png": picture("PNG"),
    }
    write(tmp_path, **more)
    assert wrong() == {
        "content/sak/spm?.pdf:1: file-name",
        "content/side/kart:1.png:1: file-name",
    }


def test_an_address_is_only_so_long(tmp_path: Path, wrong: Wrong) -> None:
    long, just = "x" * 120 + "/" + "y" * 109, "x" * 120 + "/" + "z" * 108
    write(tmp_path, **{f"{long}/index.md": PAGE, f"{just}/index.md": PAGE})
    assert len(f"{just}/index.html") == 240
    assert wrong() == {f"content/{long}/index.md:1: file-name"}


def test_names_that_look_alike_are_one_address(tmp_path: Path, wrong: Wrong) -> None:
    both = [normalize(form, "blåbær") for form in ("NFC", "NFD")]
    more = {f"side/{name}.md": PAGE for name in (*both, "É", "é")}
    more |= {f"{name}/side{number}.md": PAGE for number, name in enumerate(both)}
    more |= {"Mappe/a.md": PAGE, "mappe/b.md": PAGE}
    write(tmp_path, **more)
    assert wrong() == {
        "content/side/blåbær.md:1: same-url",
        "content/blåbær:1: same-url",
        "content/side/é.md:2: same-url",
        "content/mappe/b.md:2: same-url",
    }


def test_one_form_of_a_name_is_enough(tmp_path: Path, wrong: Wrong) -> None:
    """A Mac writes names in parts, and texts whole."""
    folder, file = normalize("NFD", "blåbær"), normalize("NFD", "bær.pdf")
    more = {
        f"{folder}/{normalize('NFD', 'kråke')}.md": PAGE + "[brevet](bær.pdf)\n",
        f"{folder}/{file}": "x",
        "side.md": PAGE + "[dit](blåbær/kråke.md)\n",
    }
    write(tmp_path, **more)
    assert wrong() == set()
    assert (tmp_path / "build/blåbær/kråke/index.html").is_file()
    assert (tmp_path / "build/blåbær/bær.pdf").read_bytes() == b"x"
    innspill("fmt", cwd=tmp_path)
    assert len(list((tmp_path / "content" / folder).iterdir())) == 2


# None passed over.


def test_what_nobody_uses_is_told_with_what_to_do(tmp_path: Path, wrong: Wrong) -> None:
    strays = (
        "Uttalelse.docx", "svar.md.txt", "svar.markdown", "notat.txt", "kart.png", "brev.pdf",
        "alna.md ",
    )  # fmt: skip
    left = (
        "alna.md~", "~$Uttalelse.docx", "Thumbs.db", "desktop.ini", ".DS_Store", "#alna.md#",
        ".~lock.Uttalelse.odt#", "alna.md.orig", "~WRL0001.tmp", "Desktop.INI", ".alna.md.swp",
    )  # fmt: skip
    content = write(tmp_path, **{f"sak/{name}": "x" for name in (*strays, *left)}) / "content"
    write(tmp_path, **{"__MACOSX/sak/a.md": "x", "alna.md/brev.md": PAGE})
    (content / "lenke").symlink_to("sak")
    places = [*(f"sak/{name}" for name in strays), "alna.md", "lenke"]
    assert wrong() == {f"content/{place}:1: unused" for place in places}
    said = run(tmp_path, "check").stderr
    assert 'rename it "svar.md"' in said
    assert 'rename it "alna.md"' in said
    assert "write its text in a .md file" in said
    assert "link to it or list it under attachments; or move it out of the content folder" in said
    assert run(tmp_path, "check", "--strict").returncode == 1


def test_a_file_that_texts_name_is_shown_as_they_write_it(tmp_path: Path) -> None:
    text = (
        PAGE + "![Bilde](bilde-på-bordet.png) og [brev](<mitt brev æ.pdf>)\n\n"
        "![Foto](Foto3.JPG)\n\n[dit](Sak/Eksempel.md)\n"
    )
    write(tmp_path, **{"side.md": text, "foto3.jpg": "x"})
    said = run(tmp_path, "check").stderr
    assert 'content/side.md:5:10: error[dead-link]: there is no file "bilde-på-bordet.png"' in said
    assert 'content/side.md:5:41: error[dead-link]: there is no file "mitt brev æ.pdf"' in said
    assert 'it is called "foto3.jpg": write it so' in said
    assert 'it is called "sak/eksempel.md": write it so' in said


def test_what_git_annex_keeps_is_told_once_where_it_is_named(tmp_path: Path) -> None:
    content = write(tmp_path, **{"side.md": PAGE + "![Kart](kart.png)\n"}) / "content"
    (content / "kart.png").symlink_to("../.git/annex/objects/x/y/SHA256E-s12--00.png")
    said = run(tmp_path, "check").stderr
    assert "content/kart.png:1:1: error[not-fetched]" in said
    assert "`git annex get kart.png`" in said
    assert "dead-link" not in said
    assert "unused" not in said
    assert "no-image" not in said


def test_what_is_nearly_a_page_that_is_there_is_not_to_be_called_as_it(tmp_path: Path) -> None:
    write(tmp_path, **{"sak/eksempel.md.docx": "x", "sak/eksempel.mdx": "x", "sak/to.mdx": "x"})
    said = run(tmp_path, "check").stderr
    assert said.count('"eksempel.md" stands beside it: move this one away') == 2
    assert 'rename it "eksempel.md"' not in said
    assert 'rename it "to.md"' in said


def test_many_that_nobody_uses_are_told_at_once(tmp_path: Path) -> None:
    files = {f"bilder/{number:04}.jpg": "x" for number in range(2000)}
    files |= {f"mapper/{number:03}/a.pdf": "x" for number in range(300)}
    write(tmp_path, **files, **{"bilder/svar.md.txt": "x"})
    ran = run(tmp_path, "check")
    assert "2000 files here are not used, such as 0000.jpg, 0001.jpg, 0002.jpg" in ran.stderr
    assert "content/bilder/svar.md.txt:1:1" in ran.stderr
    assert "in 281 more folders, 281 files are not used" in ran.stderr
    assert ran.stderr.count("warning[") < 30


def test_what_any_page_uses_is_not_told(tmp_path: Path, wrong: Wrong) -> None:
    more = {
        "sak/index.md": ATTACHED.format("../felles/a.pdf"),
        "sak/eksempel.md": HEAD + ANSWERS + "\nSe [brevet](../felles/b.pdf).\n",
        "side.md": PAGE + "[c](felles/c.pdf)\n",
        "index.md": INDEX + "\n[d](felles/d.pdf)\n",
    }
    write(tmp_path, **more, **{f"felles/{each}.pdf": "x" for each in "abcde"})
    assert wrong() == {"content/felles/e.pdf:1: unused"}


def test_nothing_of_the_real_content_is_unused(tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    assert "unused" not in run(tmp_path, "check").stderr


# Kept elsewhere.


def test_a_pointer_is_named_as_what_it_is(tmp_path: Path, wrong: Wrong) -> None:
    annex = "/annex/objects/SHA256E-s12--00.pdf\n"
    more = {
        "sak/index.md": ATTACHED.format("lfs.pdf"),
        "sak/lfs.pdf": LFS,
        "sak/lfs.md": LFS,
        "side.md": PAGE + "![Et kart](kart.png)\n\n[brevet](annex.pdf)\n",
        "kart.png": LFS,
        "annex.pdf": annex,
    }
    content = write(tmp_path, **more) / "content"
    (content / "lenket.md").symlink_to("../.git/annex/objects/x/y/SHA256E-s12--00.md")
    assert wrong() == {
        f"content/{name}:1: not-fetched"
        for name in ("sak/lfs.pdf", "sak/lfs.md", "kart.png", "annex.pdf", "lenket.md")
    }
    said = run(tmp_path, "check").stderr
    assert said.count("fetch it with `git lfs pull`") == 3
    assert "`git annex get annex.pdf`, then `git annex unlock annex.pdf`" in said


@pytest.mark.parametrize("path", ["index.md", "sak/index.md"])
@pytest.mark.parametrize("name", ["Index.md", "INDEX.MD"])
def test_an_index_with_capitals_is_the_one_thing_told(tmp_path: Path, path: str, name: str) -> None:
    odd = path.replace("index.md", name)
    files = {odd if each == path else each: text for each, text in EXAMPLE.items()}
    write_site(tmp_path, files)
    [fault] = check_quietly(project(tmp_path)).diagnostics
    assert (fault.severity, fault.code) == ("error", "file-name")
    assert fault.at.path.endswith(f"content/{odd}")
    assert str(fault.hint) == 'rename it "index.md"'

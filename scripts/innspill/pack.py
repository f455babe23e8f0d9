"""One zip of a statement or a consultation: for mail, for the archive, to open by a double click.

1. Cut the site down to what is packed, and let it be rendered as any other site. A draft is
   packed where it is asked for by its name, or readers are given it on the site too.
2. Keep the files that belong to it, and of the rest those that its pages name.
3. Where a page links to what is not packed, the link becomes whole, or is left out.
4. Zip: sorted, with one fixed time, in a folder of its own, with a manifest.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from html.parser import HTMLParser
from typing import IO
from urllib.parse import quote, unquote, urlsplit

from innspill.compose.held_drafts import given_out, with_own_old_files
from innspill.errors import WrongArguments
from innspill.manifest import whole_site
from innspill.messages import say
from innspill.model import Card, Consultation, Site
from innspill.output import Output, Publishable
from innspill.read.edition import Edition

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold; every file has it, so that the bytes repeat."""
NOT_PACKED = frozenset({"feed.xml", "robots.txt"})
"""What only makes sense where the whole site is."""

OF_ANY_TEXT = ("class", "id", "lang")
"""The attributes that a link keeps where it becomes plain text."""


class NothingToPack(WrongArguments):
    """What was asked for is no one statement or consultation."""


@dataclass(frozen=True, slots=True)
class PackTarget:
    """What is packed: a consultation, or one statement of it."""

    case: Consultation
    statement: Card | None

    @property
    def folder(self) -> str:
        """The folder of the site that is packed, with a slash."""
        return self.statement.folder if self.statement else self.case.folder

    @property
    def name(self) -> str:
        """The name of the zip and of the folder in it."""
        return self.folder.rstrip("/").replace("/", "-")

    @property
    def edition(self) -> Edition:
        """What readers are given: the statement that is asked for, and all that are no drafts."""
        drafts = (each for each in self.case.statements if not self.case.gives_out(each))
        held = frozenset(each.source for each in drafts if each != self.statement)
        return Edition(is_published=True, held=held)


def find_pack_target(site: Site, wanted: str | None) -> PackTarget:
    """The parcel for a path in `content/` or on the site; the only consultation by default.

    Raises NothingToPack, which names what there is.
    """
    parcels = [PackTarget(case, None) for case in site.consultations]
    parcels += [PackTarget(case, each) for case in site.consultations for each in case.statements]
    if wanted is None:
        found = [each for each in parcels if each.statement is None]
    else:
        name = posixpath.normpath(wanted.replace("\\", "/")).removeprefix("content/")
        for end in ("/index.md", "/index.html", ".md"):
            name = name.removesuffix(end)
        found = [each for each in parcels if each.folder == f"{name}/"]
    if len(found) == 1:
        return found[0]
    names = ", ".join(each.folder.rstrip("/") for each in parcels) or "–"
    if wanted is None:
        raise NothingToPack(say("say what to pack; there is: {names}", names=names))
    raise NothingToPack(
        say('there is no "{name}" to pack; there is: {names}', name=wanted, names=names)
    )


def cut_down(site: Site, parcel: PackTarget) -> Site:
    """The site with nothing but the parcel and the free pages."""
    alone = replace(site, consultations=(parcel.case,), aliases=())
    files = [each.source for each in site.attachments]  # packed where a packed page names them
    given = given_out(alone, parcel.edition, files)
    if parcel.statement is None:
        return with_own_old_files(given)
    (case,) = given.consultations
    own = tuple(each for each in case.statements if each.source == parcel.statement.source)
    case = replace(case, statements=own, held=(), enclosures=(), agenda=())
    return with_own_old_files(replace(given, consultations=(case,)))


def pack(
    outputs: Iterable[Publishable],
    site: Site,
    parcel: PackTarget,
    generator: str,
    held: Iterable[str],
    to: IO[bytes],
) -> None:
    """Writes the zip; `outputs` are the files of the site that was cut down.

    `held` are the folders of pages that are not on the site on the web. Raises OSError, and
    MachineFault where a file of the content was changed since.
    """
    nowhere = {f"{each}/index.html" for each in held}
    files = {each.path: each for each in outputs}
    attachments = {posixpath.normpath(each.url) for each in site.attachments}
    own = files.keys() - attachments - NOT_PACKED
    kept = {path: each for path, each in files.items() if path in own and _belongs(path, parcel)}
    kept |= {path: files[path] for path in _named(kept, attachments) if path in files}
    packed = [_relinked(each, kept, site.address, nowhere) for _, each in sorted(kept.items())]
    whole = whole_site(packed, generator)
    write_zip({f"{parcel.name}/{path}": file for path, file in whole.items()}, to)


def write_zip(files: Mapping[str, Publishable], to: IO[bytes]) -> None:
    """A zip of files by their paths in it, whose bytes repeat. Raises OSError and MachineFault."""
    with zipfile.ZipFile(to, "w") as archive:
        for path, file in sorted(files.items()):
            info = zipfile.ZipInfo(path, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # Unix on every machine, or the bytes would differ
            info.external_attr = 0o100644 << 16
            # `writestr` has an argument for it, but takes no pieces.
            info._compresslevel = 9  # type: ignore[attr-defined]  # noqa: SLF001
            info.file_size = file.size
            with archive.open(info, "w") as member:
                for each in file.pieces():
                    member.write(each)


def _belongs(path: str, parcel: PackTarget) -> bool:
    """Whether a file of the site is packed, which is no attachment.

    Of a consultation's own pages a statement's parcel takes none: with one answer in hand,
    they would say that no one else has answered.
    """
    is_case_page = path.startswith(parcel.case.folder) and path.endswith(".html")
    return path.startswith(parcel.folder) or not is_case_page


def _named(pages: Mapping[str, Publishable], attachments: Collection[str]) -> Iterator[str]:
    """The attachments that the packed pages show, link to or list."""
    for path, page in pages.items():
        if path.endswith(".html"):
            for _, address in _links(page.load().decode()):
                if (target := _target(address, path)) in attachments and target:
                    yield target


def _relinked(
    page: Publishable,
    packed: Mapping[str, Publishable],
    address: str | None,
    nowhere: Collection[str],
) -> Publishable:
    """A page whose links lead to what is packed, to the site on the web, or nowhere."""
    if not page.path.endswith(".html"):
        return page
    text = _Relinker(page.path, packed, address, nowhere).page(page.load().decode())
    return Output(page.path, text.encode(), page.sources)


def _links(text: str) -> list[tuple[str, str]]:
    finder = _Finder()
    finder.feed(text)
    return finder.links


def _target(address: str, page: str) -> str | None:
    """The file that a page's relative address names, None for any other address."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))


class _Finder(HTMLParser):
    """Collects the addresses of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.links: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [(tag, value) for name, value in attrs if name in {"href", "src"} and value]


class _Relinker(HTMLParser):
    """Writes a page as it was, but for the tags whose address is not packed."""

    def __init__(
        self,
        path: str,
        packed: Mapping[str, Publishable],
        address: str | None,
        nowhere: Collection[str],
    ) -> None:
        super().__init__(convert_charrefs=False)
        self.path, self.packed, self.address, self.nowhere = path, packed, address, nowhere
        self.changes: list[tuple[tuple[int, int], str, str]] = []
        self.unlinked: list[bool] = []
        """Whether each `a` that is open has become a `span`."""

    def page(self, text: str) -> str:
        """The page's text with its links mended."""
        self.feed(text)
        self.close()
        starts = [0]
        for line in text.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        pieces, done = [], 0
        for (line_number, column), old, new in self.changes:
            start = starts[line_number - 1] + column
            pieces += [text[done:start], new]
            done = start + len(old)
        return "".join((*pieces, text[done:]))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href") or ""
        target = _target(address, self.path)
        is_lost = target is not None and target not in self.packed
        is_on_the_web = self.address is not None and target not in self.nowhere
        if tag == "a":
            self.unlinked.append(is_lost and not is_on_the_web)
        if target is None or not is_lost:
            return
        if self.address and is_on_the_web:
            fragment = urlsplit(address).fragment
            whole = self.address + quote(target) + (f"#{fragment}" if fragment else "")
            kept = [(name, whole if name == "href" else value) for name, value in attrs]
            self.change(_start_tag(tag, kept))
        elif tag == "a":
            self.change(_start_tag("span", [each for each in attrs if each[0] in OF_ANY_TEXT]))
        else:
            self.change("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.unlinked and self.unlinked.pop():
            self.changes.append((self.getpos(), "</a>", "</span>"))

    def change(self, new: str) -> None:
        """The start tag that is being read becomes another."""
        self.changes.append((self.getpos(), self.get_starttag_text() or "", new))


def _start_tag(tag: str, attributes: list[tuple[str, str | None]]) -> str:
    written = "".join(
        f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in attributes
    )
    return f"<{tag}{written}>"

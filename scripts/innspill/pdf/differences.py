"""How a PDF differs from the one that it should be, by all that can be drawn, read or run.

What isn't alike is named, whatever it is: there is no list of tricks. 1. The file around its
objects. 2. Each page with all that it leads to. 3. The rest of what the root leads to. 4. What the
file says of itself.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Set
from typing import Any

import pikepdf

from innspill.messages import say
from innspill.pdf.difference import Difference, Weight
from innspill.pdf.drawing_differences import drawn_otherwise
from innspill.pdf.link_differences import link_differs, link_runs
from innspill.pdf.made_from import NAMESPACE
from innspill.pdf.stream_data import PACKING, stream_data

OF_THE_FILE = {
    *PACKING,
    *("/Root", "/Info", "/ID", "/Size", "/Prev", "/Type", "/W", "/Index", "/XRefStm"),
}
"""What a trailer has in any file."""
HARMLESS = re.compile(
    r"/(Producer|Creator|ModDate)|\{http://ns\.adobe\.com/(xap/1\.0/\}(ModifyDate|MetadataDate"
    r"|CreatorTool)|xap/1\.0/mm/\}.*|pdf/1\.3/\}Producer)"
    rf"|\{{{NAMESPACE}\}}(program|templates)"
)
"""What a program that packs a file anew says of itself, and by which program it was made: that
counts only where something else differs."""
BROKEN = (pikepdf.PdfError, AttributeError, LookupError, TypeError, ValueError, RecursionError)
"""What a broken file may lead to."""
Path = tuple[str, ...]
"""The keys that lead from a page, or from the root, to an object."""
SPACE = b"\0\t\n\f\r "
"""White space (ISO 32000-1, 7.2.2), of which mail gateways and discs put some behind a file."""
BOXES = {"/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/UserUnit"}
LAID_OUT = {"/Annots", "/Contents", "/Resources", "/StructParents", "/Parent"}
"""What of a page another layout changes."""
OF_LAYOUT = {"/Metadata", "/Pages", "/StructTreeRoot", "/Outlines", "/Names"}
NODE = {"/Type", "/Kids", "/Count", "/Parent"}
"""What a node of pages has that says nothing of them (ISO 32000-1, 7.7.3.2)."""
IN_TREE = ("/Annots", "/StructParent")
"""Of a link, its number in the tag tree: one link more, and those of all behind it are others."""


def differences(ours: bytes, given: bytes) -> tuple[Difference, ...]:
    """All that differs in `given`, each said once. Raises what is BROKEN."""
    with (
        pikepdf.open(io.BytesIO(ours)) as was,
        pikepdf.open(io.BytesIO(given)) as is_,
    ):
        found = list(_around(given, is_))
        comparison = _Comparison()
        found += comparison.pages(was, is_)
        found += comparison.root(was, is_)
        found += _about(was, is_)
        if is_.get_warnings():
            message = say("the file is damaged: programs may show different things")
            found.append(Difference(Weight.CHANGED, message))
    return tuple(dict.fromkeys(found))


def besides_layout(ours: pikepdf.Pdf, given: pikepdf.Pdf, data: bytes) -> Iterator[Difference]:
    """What differs in a PDF, of whose bytes `data` are, but for what any layout may change.

    That is what pages draw, their links, and what is told of them.
    """
    yield from _around(data, given)
    comparison = _Comparison()
    for number, page in enumerate(given.pages, 1):
        yield from comparison.sheet(number, ours.pages[0].obj, page.obj)
    yield from comparison.besides_pages(ours, given)
    yield from _about(ours, given)
    if given.get_warnings():
        message = say("the file is damaged: programs may show different things")
        yield Difference(Weight.CHANGED, message)


def _around(data: bytes, pdf: pikepdf.Pdf) -> Iterator[Difference]:
    """What stands around the objects."""
    if not data.startswith(b"%PDF-"):
        yield Difference(Weight.CHANGED, say("something stands before its beginning"))
    if data[data.rfind(b"%%EOF") + 5 :].strip(SPACE):
        yield Difference(Weight.CHANGED, say("something stands behind its end"))
    if (ends := data.count(b"startxref")) > 1 and not pdf.is_linearized:
        message = say("it was changed after it was made: it has {n} revisions", n=ends)
        yield Difference(Weight.ACTIVE, message)
    if pdf.is_encrypted:
        yield Difference(Weight.ACTIVE, say("it is locked"))
    for key in sorted(set(map(str, pdf.trailer.keys())) - OF_THE_FILE - {"/Encrypt"}):
        yield Difference(Weight.CHANGED, say("it has something else in it: {key}", key=key[1:]))


class _Comparison:
    """Goes through two graphs of objects side by side."""

    def __init__(self) -> None:
        self.seen: set[tuple[Any, Any]] = set()

    def pages(self, was: pikepdf.Pdf, is_: pikepdf.Pdf) -> Iterator[Difference]:
        """What differs on pages."""
        if len(was.pages) != len(is_.pages):
            message = say("pages: {n}, were {m}", n=len(is_.pages), m=len(was.pages))
            yield Difference(Weight.CHANGED, message)
        pairs = zip(was.pages, is_.pages, strict=False)
        self.seen |= {(a.obj.objgen, b.obj.objgen) for a, b in pairs}
        for number, (a, b) in enumerate(zip(was.pages, is_.pages, strict=False), 1):
            yield from self._page(number, a.obj, b.obj)

    def _page(self, number: int, a: Any, b: Any) -> Iterator[Difference]:
        for key in sorted({*_keys(a), *_keys(b)} - {"/Annots"}):
            for path, one, other in self.walk(a.get(key), b.get(key), (key,)):
                is_of_page = key != "/Parent"  # what pages have from above is every page's
                yield _on_page(number, path, one, other) if is_of_page else _in_root(path)
        yield from self._annotations(number, _items(a.get("/Annots")), _items(b.get("/Annots")))

    def sheet(self, number: int, a: Any, b: Any) -> Iterator[Difference]:
        """What differs of a page's paper, and of what it has from above."""
        for key in sorted({*_keys(a), *_keys(b)} - LAID_OUT):
            for path, one, other in self.walk(a.get(key), b.get(key), (key,)):
                yield _on_page(number, path, one, other)
        above = b.get("/Parent")
        while above is not None and not self._is_known(above, above):
            for key in sorted({*_keys(above)} - NODE):
                yield _on_page(number, (key,), None, above[key])
            above = above.get("/Parent")

    def besides_pages(self, was: pikepdf.Pdf, is_: pikepdf.Pdf) -> Iterator[Difference]:
        """What differs elsewhere, but for the tags and the places that links lead to."""
        for key in sorted({*_keys(was.Root), *_keys(is_.Root)} - OF_LAYOUT):
            for path, _, _ in self.walk(was.Root.get(key), is_.Root.get(key), (key,)):
                yield _in_root(path)
        kids = [each.objgen for each in is_.Root.Pages.Kids]
        if is_.Root.Pages.Count != len(kids) or kids != [e.obj.objgen for e in is_.pages]:
            yield _in_root(("/Pages",))
        names = [each.Root.get("/Names", pikepdf.Dictionary()) for each in (was, is_)]
        for key in sorted({*_keys(names[0]), *_keys(names[1])} - {"/Dests"}):
            for path, _, _ in self.walk(names[0].get(key), names[1].get(key), ("/Names", key)):
                yield _in_root(path)

    def _annotations(self, number: int, was: list[Any], is_: list[Any]) -> Iterator[Difference]:
        for a, b in link_runs(was, is_):
            yield from self._run(number, a, b)

    def _run(self, number: int, was: list[Any], is_: list[Any]) -> Iterator[Difference]:
        for a, b in zip(was, is_, strict=False):
            paths = {path for path, _, _ in self.walk(a, b, ("/Annots",))}
            if paths == {IN_TREE}:
                yield _in_root(("/StructTreeRoot",))
            elif paths:
                yield link_differs(number, a, b)
        yield from (link_differs(number, None, each) for each in is_[len(was) :])
        if len(was) > len(is_):
            message = say("page {n}: a link is gone", n=number)
            yield Difference(Weight.CHANGED, message)

    def root(self, was: pikepdf.Pdf, is_: pikepdf.Pdf) -> Iterator[Difference]:
        """What differs elsewhere."""
        for key in sorted({*_keys(was.Root), *_keys(is_.Root)} - {"/Metadata"}):
            for path, _, _ in self.walk(was.Root.get(key), is_.Root.get(key), (key,)):
                yield _in_root(path)

    def walk(self, a: Any, b: Any, path: Path) -> Iterator[tuple[Path, Any, Any]]:
        """The places where two objects, and all that they lead to, are not alike."""
        waiting = [(a, b, path)]
        while waiting:
            a, b, path = waiting.pop()
            if self._is_known(a, b):
                continue
            if not _same_in_itself(a, b):
                yield path, a, b
            elif isinstance(a, pikepdf.Stream):
                if stream_data(a) != stream_data(b):
                    yield (*path, "stream"), a, b
                waiting += _by_keys(a, b, path, PACKING)
            elif isinstance(a, pikepdf.Dictionary):
                waiting += _by_keys(a, b, path)
            elif isinstance(a, pikepdf.Array):
                waiting += [(x, y, path) for x, y in zip(a, b, strict=True)]

    def _is_known(self, a: Any, b: Any) -> bool:
        """Whether the two were compared before: they may lead back to themselves."""
        both = (a, b)
        if not all(isinstance(each, pikepdf.Object) and each.is_indirect for each in both):
            return False
        pair = (a.objgen, b.objgen)
        is_known = pair in self.seen
        self.seen.add(pair)
        return is_known


def _same_in_itself(a: Any, b: Any) -> bool:
    """Whether two objects are of one kind, and alike but for what is in them."""
    for kind in (pikepdf.Stream, pikepdf.Dictionary):
        if isinstance(a, kind) or isinstance(b, kind):
            return isinstance(a, kind) and isinstance(b, kind)
    if isinstance(a, pikepdf.Array) or isinstance(b, pikepdf.Array):
        return isinstance(a, pikepdf.Array) and isinstance(b, pikepdf.Array) and len(a) == len(b)
    if isinstance(a, pikepdf.String) and isinstance(b, pikepdf.String):
        return bytes(a) == bytes(b)
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    return bool(a == b)


def _by_keys(
    a: Any, b: Any, path: Path, without: Set[str] = frozenset()
) -> list[tuple[Any, Any, Path]]:
    keys = {*_keys(a), *_keys(b)} - without
    return [(a.get(key), b.get(key), (*path, key)) for key in sorted(keys)]


def _keys(value: Any) -> list[str]:
    return list(map(str, value.keys()))


def _items(value: Any) -> list[Any]:
    return list(value) if isinstance(value, pikepdf.Array) else []


def _on_page(number: int, path: Path, was: Any, is_: Any) -> Difference:
    """What a difference means that a page leads to."""
    key, *below = path
    weight = Weight.CHANGED
    if key in BOXES:
        message = say("page {n} is cut, or has another size", n=number)
        weight = Weight.ACTIVE if key != "/MediaBox" else weight
    elif key == "/Rotate":
        message, weight = say("page {n} is turned", n=number), Weight.ACTIVE
    elif key == "/AA":
        message, weight = say("page {n} has a script", n=number), Weight.ACTIVE
    elif "/ToUnicode" in below:
        message = say("page {n}: what a font's letters stand for is another", n=number)
    elif "/Font" in below:
        message = say("page {n}: a font is another", n=number)
    elif "/ExtGState" in below:
        message = say("page {n}: something is transparent, or blended, in another way", n=number)
    elif key == "/Contents" or (path[-1] == "stream" and _is_form(was) and _is_form(is_)):
        return drawn_otherwise(was, is_, number)
    elif "/XObject" in below:
        message = say("page {n}: a picture is another, or came in", n=number)
    else:
        message = say("page {n} has something else in it: {key}", n=number, key=path[-1].strip("/"))
    return Difference(weight, message)


def _is_form(value: Any) -> bool:
    return isinstance(value, pikepdf.Stream) and value.get("/Subtype") == pikepdf.Name.Form


def _in_root(path: Path) -> Difference:
    """What a difference means that the root leads to."""
    key = path[0]
    if key in {"/OpenAction", "/AA"} or "/JavaScript" in path:
        return Difference(Weight.ACTIVE, say("it has a script"))
    if key == "/AcroForm":
        return Difference(Weight.ACTIVE, say("it has a form to fill in"))
    if key == "/OCProperties":
        return Difference(Weight.ACTIVE, say("it has layers that can be hidden"))
    if "/EmbeddedFiles" in path or key == "/AF":
        return Difference(Weight.CHANGED, say("the files in it are others"))
    if key == "/StructTreeRoot":
        return Difference(Weight.CHANGED, say("what a screen reader is told is another"))
    message = say("it has something else in it: {key}", key=path[-1].strip("/"))
    return Difference(Weight.CHANGED, message)


def _about(was: pikepdf.Pdf, is_: pikepdf.Pdf) -> Iterator[Difference]:
    """What the file says of itself."""
    yield from _told(
        {str(key): str(value) for key, value in was.docinfo.items()},
        {str(key): str(value) for key, value in is_.docinfo.items()},
    )
    if _metadata(was) != _metadata(is_):
        told = tuple(_told(_xmp(was), _xmp(is_)))
        yield from told or (Difference(Weight.HARMLESS, say("the metadata is in other bytes")),)


def _told(was: Mapping[str, str], is_: Mapping[str, str]) -> Iterator[Difference]:
    for key in sorted({*was, *is_}):
        before, now = was.get(key, "–"), is_.get(key, "–")
        if before != now:
            name = re.split(r"[/}]", key)[-1]
            message = say("{key} is “{now}”, was “{was}”", key=name, now=now, was=before)
            is_left_out = key.startswith(f"{{{NAMESPACE}}}") and key not in is_
            is_harmless = is_left_out or HARMLESS.fullmatch(key)  # older programs told nothing
            yield Difference(Weight.HARMLESS if is_harmless else Weight.CHANGED, message)


def _metadata(pdf: pikepdf.Pdf) -> bytes:
    return pdf.Root.Metadata.read_bytes() if "/Metadata" in pdf.Root else b""


def _xmp(pdf: pikepdf.Pdf) -> dict[str, str]:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        return {str(key): str(xmp[key]) for key in xmp}

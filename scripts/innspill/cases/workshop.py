"""Makes one consultation: reads and checks it, prints it, renders its pages.

The consultation that was composed last is held, so that its prints need not compose it again.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, cached_property, partial

from innspill.cases.card import Attached, Card
from innspill.cases.kept import Batch, find, get_value, keep, put_value
from innspill.cases.traced import ask, ask_again
from innspill.cases.world import Folder, World, digest_of
from innspill.check.check import check_parts
from innspill.check.links import Places, asked_elsewhere, places_in
from innspill.check.settled import check_settled
from innspill.check.texts import nodes_of
from innspill.compose.addresses import Addresses
from innspill.compose.compose import compose, titles_in
from innspill.compose.skeleton import skeleton
from innspill.diagnostics import Diagnostic, in_order, lines_shown
from innspill.history.checkout import Checkout
from innspill.history.fault import HistoryFault
from innspill.history.stamps import shown_paths
from innspill.history.trace import trace_part
from innspill.memory import Memory
from innspill.messages import say
from innspill.model import Consultation, Site
from innspill.pdf.attached import Attached as InPdf
from innspill.project import MachineFault
from innspill.publish.output import Output
from innspill.read.disk import Disk
from innspill.read.read import SITE, Content, File, read_files
from innspill.read.source import title_in
from innspill.render.data import case_data
from innspill.render.fonts import FACES, coverage, for_print, packed, packed_basic
from innspill.render.pages import ITEMS, Frame, case_item, plan_case_pages, plan_version_files
from innspill.render.passages import split_passages
from innspill.render.pdf import (
    NotRemembered,
    Printed,
    PrintLibraryMissing,
    load,
    print_pdf,
    remembered_pdf,
)
from innspill.render.press import Job, Made, Press, print_resources
from innspill.render.prints import plan_prints
from innspill.render.search import case_rows
from innspill.render.stands_on import stands_on
from innspill.render.templates import TemplateFault, Templates
from innspill.shortcut import glance_at_templates
from innspill.text import Internal, Link, select

HOME = ("index.html",)
"""The page whose text no consultation has."""

Files = Mapping[str, tuple[str, int]]
"""The digest and the size of each PDF, by its path."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A consultation, whole."""

    content: Content
    site: Site
    """With no other consultation in it."""
    case: Consultation
    card: Card
    resources: Callable[[], Mapping[str, bytes]] = field(repr=False)
    """What its prints may read, gathered when the first is made."""


@dataclass(frozen=True, slots=True)
class Given:
    """The sources of one folder beside the site's `index.md`, and any file that they name."""

    sources: Mapping[str, bytes] = field(repr=False)
    disk: Disk

    def markdown(self, shown: str) -> tuple[list[str], list[Diagnostic]]:
        """The paths of the sources."""
        return list(self.sources), []

    def load(self, path: str) -> bytes:
        """The bytes of one of them."""
        return self.sources[path]

    def find(self, path: str) -> bytes | None:
        """The bytes of any file inside the content folder."""
        return self.disk.find(path)


class Workshop:
    """Makes the consultations of one build, one after the other."""

    def __init__(self, world: World) -> None:
        self.world, self.store = world, world.store
        self.known_pdf: Callable[..., Printed] = remembered_pdf
        limit = world.project.limits.layout
        self.make_pdf: Callable[..., Printed] = partial(print_pdf, limit=limit)
        """The two ways from HTML to PDF; a crew puts others here, which let a fork help."""
        self.checkout = Checkout(world.project.content, world.chronicle)
        self._last: tuple[Folder, Composed] | None = None
        self._has_failed = False
        """Whether a template has, before it was to be told."""

    @cached_property
    def templates(self) -> Templates:
        """The templates. Raises TemplateFault."""
        return Templates(self.world.project.templates, self.world.project.limits)

    def find_card(self, folder: Folder) -> Card | None:
        """The card that was kept, None where anything that it was made from is another now."""
        world = self.world
        card = get_value(self.store, ("card", world.content_key, folder.key))
        disk, files = Disk(world.project.content), dict[str, File]()
        if not isinstance(card, Card) or not all(
            path in world.sources and title_in(disk.load(path)) == title
            for path, title in card.linked
        ):
            return None
        for each in card.attached:
            data = disk.find(each.path)
            if data is None or hashlib.sha256(data).hexdigest() != each.sha256:
                return None
            files[each.path] = File(each.path, each.shown, data)
        is_kept = partial(self._is_kept, folder, files)
        try:
            again = ask_again(card.traced, self.checkout, is_kept)
        except HistoryFault:
            return None
        return card if again == card.traced else None

    def card(self, folder: Folder) -> Card:
        """Reads and checks a consultation; what is sound is kept. Raises OSError."""
        composed = self._composed(folder)
        if composed.card.is_sound:
            key = digest_of([folder.key, composed.card.reads])
            put_value(self.store, ("card", self.world.content_key, folder.key), composed.card)
            self.store.put(("rows", self.world.content_key, key), case_rows(composed.case))
        return composed.card

    def card_and_pages(self, folder: Folder, has_feed: bool) -> tuple[Card, Batch | None]:
        """Both at once, while the consultation is at hand.

        Without pages where anything is wrong, be it with a template: what is wrong with the
        content is told first. Raises OSError.
        """
        card = self.card(folder)
        if not card.is_sound or self._has_failed:
            return card, None
        try:
            return card, self.pages(folder, {}, has_feed)
        except TemplateFault:
            self._has_failed = True  # and the next may take as long to do so
            return card, None

    def places(self, folder: Folder) -> Places:
        """The places that links can name on a consultation's pages."""
        composed = self._composed(folder)
        return places_in(composed.content, composed.site)

    def rows(self, folder: Folder) -> bytes:
        """What the search index holds of a consultation."""
        return case_rows(self._composed(folder).case)

    def pages(self, folder: Folder, pdfs: Files, has_feed: bool) -> Batch:
        """Renders and keeps the pages and the data. Raises TemplateFault and MachineFault."""
        key = pages_key(self.world, folder.key, self._composed(folder).card, pdfs, has_feed)
        outputs = self.page_outputs(folder, pdfs, has_feed)
        items = self.items(folder, pdfs, has_feed)
        self._templates_still_hold()
        put_value(self.store, ("items", *key), items)
        return keep(self.store, key, outputs)

    def items(self, folder: Folder, pdfs: Files, has_feed: bool) -> dict[str, str]:
        """What the pages that list all show of it, by their addresses. Raises TemplateFault."""
        composed, frame = self._composed(folder), self._frame(pdfs, has_feed)
        return {
            url: case_item(composed.site, self.templates, frame, composed.case, url)
            for url in ITEMS
        }

    def page_outputs(self, folder: Folder, pdfs: Files, has_feed: bool) -> list[Output]:
        """The pages and the data, in memory. Raises TemplateFault."""
        composed, frame = self._composed(folder), self._frame(pdfs, has_feed)
        planned = plan_case_pages(composed.site, self.templates, frame, composed.case)
        digests = {each.path: each.sha256 for each in composed.card.attached}
        digests |= {path: digest for path, (digest, _) in pdfs.items()}
        data = case_data(composed.site, composed.case, digests)
        beside = plan_version_files(composed.case)
        return [*(each.made() for each in (*planned, *beside)), *data]

    def _frame(self, pdfs: Files, has_feed: bool) -> Frame:
        sizes = {path: size for path, (_, size) in pdfs.items()}
        world = self.world
        return Frame(world.menu, world.pages, has_feed, world.wanted.with_pdf, sizes)

    def jobs(self, folder: Folder, to_pdf: Callable[..., Printed] | None = None) -> tuple[Job, ...]:
        """What is to be printed. Raises TemplateFault."""
        composed = self._composed(folder)
        to_pdf = partial(to_pdf or self.make_pdf, store=self.store)
        return tuple(plan_prints(Press(composed.site, self.templates, composed.resources, to_pdf)))

    def print(self, folder: Folder, place: int) -> Batch:
        """Makes and keeps the PDFs of one job.

        Raises TemplateFault and MachineFault.
        """
        return self._keep_print(folder, place, self.jobs(folder)[place].make())

    def print_known(self, folder: Folder, place: int) -> Batch | None:
        """Keeps the PDFs of one job that need not be laid out, None where one must be.

        A change to one statement asks for all prints of its consultation anew, and most are as
        they were. Raises TemplateFault and MachineFault.
        """
        try:
            return self._keep_print(folder, place, self.jobs(folder, self.known_pdf)[place].make())
        except NotRemembered:
            return None

    def _keep_print(self, folder: Folder, place: int, made: Made) -> Batch:
        key = print_key(self.world, folder.key, self._composed(folder).card, place)
        self._templates_still_hold()
        return keep(self.store, key, made.outputs, made.faults, made.laid_out)

    def print_outputs(self, folder: Folder, place: int) -> tuple[Output, ...]:
        """The PDFs of one job, in memory. Raises TemplateFault and PrintLibraryMissing."""
        return self.jobs(folder)[place].make().outputs

    def load(self) -> None:
        """Imports what PDFs are made with."""
        with suppress(PrintLibraryMissing):  # told when the first PDF is made
            load()

    def lay_out(
        self, html: str, resources: Mapping[str, bytes], attached: tuple[InPdf, ...]
    ) -> Printed:
        """Makes one PDF. Raises all that `print_pdf` raises."""
        return print_pdf(html, resources, self.store, attached, self.world.project.limits.layout)

    def font(self, place: int) -> None:
        """Cuts one of the fonts down, for pages and where it is asked for, for prints."""
        packed(FACES[place], self.store.remember)
        if not FACES[place].is_fallback:
            packed_basic(FACES[place], self.store.remember)
        if self.world.wanted.with_pdf:
            for_print(FACES[place], self.store.remember)

    def _templates_still_hold(self) -> None:
        """Nothing is kept that was made with other templates than its key tells."""
        if glance_at_templates(self.world.project) != self.world.templates:
            changed = say(
                "{path} was changed while the site was built: run it again", path="templates/"
            )
            raise MachineFault(changed)

    def _composed(self, folder: Folder) -> Composed:
        if self._last is None or (self._last[0] is not folder and self._last[0] != folder):
            self._last = None
            if not gc.isenabled():  # see `innspill.cases.crew`
                gc.collect()
            self._last = folder, self._compose(folder)
        return self._last[1]

    def _compose(self, folder: Folder) -> Composed:
        world, project = self.world, self.world.project
        index = () if world.index is None else ((SITE, world.index),)
        disk = Disk(project.content)
        content = read_files(Given(dict((*index, *folder.files)), disk), project.shown_content)
        is_kept = partial(self._is_kept, folder, content.files)
        history = trace_part(project.content, content, world.chronicle, is_kept, Memory())
        own = {path for path, _ in folder.files}
        linked = sorted((world.sources & content.named) - own)
        titles = tuple((path, title_in(disk.load(path))) for path in linked)
        addresses = Addresses(
            world.sources, frozenset(content.files), (*titles_in(content), *titles)
        )
        site = compose(content, world.wanted.prints, history.traces, addresses=addresses)
        (case,) = site.consultations
        settled = check_settled(history.settled, coverage(), site.may_be_published, Memory())
        once = Memory()
        parts = check_parts(content, site, coverage(), once, elsewhere=HOME)
        found = (*parts, *history.faults, *settled)
        diagnostics, digests = in_order(found, strict=False), content.digests
        shown = shown_paths(content)
        return Composed(
            content,
            site,
            case,
            Card(
                case=skeleton(case),
                aliases=site.aliases,
                attached=tuple(
                    Attached(path, digests[path], len(file.data), file.shown)
                    for path, file in sorted(content.files.items())
                ),
                diagnostics=diagnostics,
                lines=tuple(lines_shown(diagnostics, {**content.texts, **history.texts}).items()),
                asked=asked_elsewhere(content, site, HOME, once),
                split=split_passages(site, once),
                linked=titles,
                traced=ask(
                    (each.earlier.revision.name for each in case.statements if each.earlier),
                    {each.source: shown[each.source] for each in case.statements},
                    self.checkout,
                    is_kept,
                ),
                lost=history.lost,
                partly=history.partly,
                linked_then=tuple(sorted(_linked_then(case))),
            ),
            cache(lambda: print_resources(site, self.templates, self.store.remember)),
        )

    def _is_kept(self, folder: Folder, files: Mapping[str, File], path: str) -> bool:
        """Whether a file that is in git has the same bytes there. Raises HistoryFault."""
        if path == SITE:
            return self.world.index_is_kept
        if path in files:
            return self.checkout.holds(path, files[path].data, is_source=False)
        return self.checkout.holds(path, dict(folder.files)[path], is_source=True)


def find_pages(
    world: World, folder_key: str, card: Card, pdfs: Files, has_feed: bool
) -> Batch | None:
    """The pages that were kept."""
    return find(world.store, pages_key(world, folder_key, card, pdfs, has_feed))


def find_items(
    world: World, folder_key: str, card: Card, pdfs: Files, has_feed: bool
) -> dict[str, str] | None:
    """What the pages that list all show of a consultation, if it was kept."""
    key = ("items", *pages_key(world, folder_key, card, pdfs, has_feed))
    found = get_value(world.store, key)
    return found if isinstance(found, dict) else None


def find_rows(world: World, folder_key: str, card: Card) -> bytes | None:
    """What the search index holds of a consultation, if it was kept."""
    key = digest_of([folder_key, card.reads])
    return world.store.get(("rows", world.content_key, key))


def find_print(world: World, folder_key: str, card: Card, place: int) -> Batch | None:
    """The PDFs of one job that were kept."""
    return find(world.store, print_key(world, folder_key, card, place))


def pages_key(
    world: World, folder_key: str, card: Card, pdfs: Files, has_feed: bool
) -> tuple[str, ...]:
    """What pages and data are kept under."""
    there = sorted(world.pages.intersection(card.linked_then))
    made_from = digest_of([folder_key, card.reads, sorted(pdfs.items()), has_feed, there])
    return ("pages", world.content_key, world.frame_key, made_from)


def print_key(world: World, folder_key: str, card: Card, place: int) -> tuple[str, ...]:
    """What the PDFs of one job are kept under."""
    made_from = digest_of([folder_key, card.reads, place])
    return ("prints", world.content_key, made_from, *stands_on())


def _linked_then(case: Consultation) -> set[str]:
    """The pages that earlier texts link to."""
    old = [each.statement for now in case.statements for each in now.versions]
    old += [each.earlier.statement for each in case.statements if each.earlier]
    targets = (each.target for text in old for each in select(nodes_of(text), Link))
    return {each.url for each in targets if isinstance(each, Internal)}

"""All consultations of a site: checked, printed, rendered, in as many processes as are wanted.

Each step asks the store first, and has made only what it lacks. Their order is that of the
content, whatever is ready first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, islice
from threading import RLock
from typing import Any, cast

from innspill.cases.card import Card
from innspill.cases.crew import Crew, Task, WorkerDied
from innspill.cases.kept import Batch
from innspill.cases.survey import Survey
from innspill.cases.workshop import HOME, Files, find_items, find_pages, find_print, find_rows
from innspill.cases.world import World
from innspill.check.links import Asked, Places, places_are_there
from innspill.diagnostics import Diagnostic, Location
from innspill.messages import Message, say
from innspill.model import Attachment, Site
from innspill.project import MachineFault, Progress, Step
from innspill.publish.output import Output, Publishable, Stored, published_blob
from innspill.render.attachments import for_page
from innspill.render.fonts import FACES, missing_faces
from innspill.render.prints import count_jobs

SOON_CHECKED = 2
"""So many consultations are checked before other processes would have started."""
SOON_PRINTED = 1
"""The same of what is printed together."""

SOON_CUT = 1
"""The same of fonts."""

FEW_PRINTS = 60
"""So many prints are looked at one by one first, since most may be as they were."""


@dataclass(slots=True)
class Count:
    """How far one phase has come."""

    tell: Step
    phase: Message
    total: int
    done: int = 0
    reused: int = 0

    def reuse(self) -> None:
        """One more was remembered."""
        self.reused += 1
        self.finish("")

    def finish(self, name: str) -> None:
        """One more is done."""
        self.done += 1
        self.tell(Progress(self.phase, self.done, self.total, self.reused, name))


@dataclass(slots=True)
class Case:
    """One consultation, as far as it is made."""

    folder: str
    key: str
    """Of its folder's sources."""
    card: Card
    prints: dict[int, Batch] = field(default_factory=dict)
    pages: Batch | None = None
    ahead: Batch | None = None
    """Its pages as they were kept, where they were looked for before they were asked for."""
    items: Mapping[str, str] | None = None
    """The same of what the pages that list all show of it."""

    @property
    def pdfs(self) -> Files:
        """The digest and the size of each PDF that is made, by its path."""
        files = (each for _, batch in sorted(self.prints.items()) for each in batch.files)
        return {each.path: (each.sha256, each.size) for each in files}


@dataclass(slots=True)
class Making:
    """The consultations of one build."""

    world: World
    found: Survey
    crew: Crew
    tell: Step
    unasked: tuple[Diagnostic, ...]
    """Why git could not be asked of the whole site."""
    has_feed: bool
    """Whether pages name a feed: guessed until all dates are known."""
    meanwhile: Callable[[], object]
    """What else can be done while another process is at work."""
    digests: dict[str, str] = field(default_factory=dict)
    """The SHA-256 of each source that was read, by its path."""
    cases: dict[str, Case] = field(default_factory=dict)
    """By their folders, in order."""
    alone: AbstractContextManager[object] = field(default_factory=RLock)
    """Held while what was damaged is made again: several threads publish files."""
    times: list[tuple[float, str]] = field(default_factory=list)
    """How many seconds each piece took that was made, and what it was."""

    def check(self) -> None:
        """Reads and checks all; without PDFs, what is sound is rendered while it is at hand."""
        cards: dict[str, Case] = {}
        count = self._begin(say("Reading and checking"), len(self.found.folders))
        method, meanwhile = "card", None
        if not self.world.wanted.with_pdf:
            method, meanwhile = "card_and_pages", partial(self._look_ahead, cards)
        unchecked = self._unchecked(cards, count)
        if self.world.wanted.with_pdf:
            first = tuple(islice(unchecked, SOON_CHECKED + 1))
            if 0 < len(first) <= SOON_CHECKED:
                self.crew.warm_up()
            unchecked = chain(first, unchecked)
        each = self._each(method, unchecked, SOON_CHECKED, count, _folder_of, meanwhile)
        for task, made in each:
            folder, card, pages = task[0], *(made if isinstance(made, tuple) else (made, None))
            cards[folder.path] = Case(folder.path, folder.key, card, pages=pages)
        self.cases = {path: cards[path] for path in self.found.folders}

    def _unchecked(self, cards: dict[str, Case], count: Count) -> Iterator[Task]:
        for path in self.found.folders:
            folder = self.found.folder(path)
            self.digests |= folder.digests
            card = self.crew.here.find_card(folder)
            if card is not None:
                cards[path] = Case(path, folder.key, card)
                count.reuse()
            else:
                yield (folder,) if self.world.wanted.with_pdf else (folder, self.has_feed)

    def _look_ahead(self, cards: Mapping[str, Case]) -> None:
        """Looks for what will be asked for when all is checked, if no PDFs are made."""
        for case in cards.values():
            case.ahead = find_pages(self.world, case.key, case.card, {}, self.has_feed)
            case.items = find_items(self.world, case.key, case.card, {}, self.has_feed)
        with suppress(OSError):  # it is told where it is asked for
            self.meanwhile()

    def cut_fonts(self) -> None:
        """Cuts down the fonts that are not remembered."""
        missing = missing_faces(self.world.store.has, with_pdf=self.world.wanted.with_pdf)
        if missing:
            count = self._begin(say("Cutting fonts"), len(missing))
            for _ in self._each("font", ((each,) for each in missing), SOON_CUT, count, _font_of):
                pass

    def diagnostics(self, asked: tuple[Asked, ...], free: Places) -> list[Diagnostic]:
        """What is wrong with each consultation, and with the links from one part to another."""
        cards = [case.card for case in self.cases.values()]
        found = [each for card in cards for each in card.diagnostics]
        everything = (*asked, *(each for card in cards for each in card.asked))
        places = dict(free)
        urls = {page: case.folder for case in self.cases.values() for page in pages_of(case.card)}
        for folder in {urls[each.target.url] for each in everything if each.target.url in urls}:
            places |= self.places(folder)
        places |= {url: free[url] for url in HOME}
        return [*found, *places_are_there(everything, places)]

    @property
    def texts(self) -> dict[str, str]:
        """The lines that diagnostics of consultations show, by their files."""
        return {path: text for case in self.cases.values() for path, text in case.card.lines}

    @property
    def lost(self) -> tuple[str, ...]:
        """The paths of the statements that a shallow clone can't stamp."""
        return tuple(path for case in self.cases.values() for path in case.card.lost)

    @property
    def partly(self) -> tuple[str, ...]:
        """The paths of those others whose history it lacks a part of."""
        return tuple(path for case in self.cases.values() for path in case.card.partly)

    @property
    def read(self) -> Mapping[str, str]:
        """The SHA-256 of all that was read of the content, by the paths."""
        cards = [case.card for case in self.cases.values()]
        files = {each.path: each.sha256 for card in cards for each in card.attached}
        return self.found.free.digests | files | self.digests

    def split(self) -> frozenset[str]:
        """The ids of all passages whose marks were split."""
        return frozenset().union(*(case.card.split for case in self.cases.values()))

    def print(self) -> tuple[Diagnostic, ...]:
        """Prints all that is not remembered; gives what is wrong with what was printed."""
        total = sum(count_jobs(case.card.case) for case in self.cases.values())
        count = self._begin(say("Making PDFs"), total)
        unprinted = self._unprinted(count)
        first = tuple(islice(unprinted, FEW_PRINTS + 1))
        if len(first) <= FEW_PRINTS:
            first = tuple(task for task in first if not self._is_known(task, count))
        tasks = chain(first, unprinted)
        for task, batch in self._each("print", tasks, SOON_PRINTED, count, self._print_of):
            self.cases[task[0].path].prints[task[1]] = batch
        batches = [each for case in self.cases.values() for each in case.prints.values()]
        return tuple(fault for batch in batches for fault in batch.faults)

    def _is_known(self, task: Task, count: Count) -> bool:
        """Whether a print need not be laid out; it is taken as it is then."""
        folder, place = task
        batch = self.crew.here.print_known(folder, place)
        if batch is not None:
            self.cases[folder.path].prints[place] = batch
            count.reuse()
        return batch is not None

    def _unprinted(self, count: Count) -> Iterator[Task]:
        for case in self.cases.values():
            for place in range(count_jobs(case.card.case)):
                batch = find_print(self.world, case.key, case.card, place)
                if batch is not None:
                    case.prints[place] = batch
                    count.reuse()
                else:
                    yield self.found.folder(case.folder, case.key), place

    def render(self) -> None:
        """Renders all pages that are not remembered."""
        count = self._begin(say("Making pages"), len(self.cases))
        unrendered = self._unrendered(count)
        for task, batch in self._each("pages", unrendered, SOON_CHECKED, count, _folder_of):
            self.cases[task[0].path].pages = batch

    def _unrendered(self, count: Count) -> Iterator[Task]:
        for case in self.cases.values():
            if case.pages is not None:  # rendered when it was checked
                count.finish("")
                continue
            case.pages = case.ahead or find_pages(
                self.world, case.key, case.card, case.pdfs, self.has_feed
            )
            if case.pages is not None:
                count.reuse()
            else:
                yield self.found.folder(case.folder, case.key), case.pdfs, self.has_feed

    def expect(self, *, has_feed: bool) -> None:
        """Says whether pages name a feed; those that were made by another guess are dropped."""
        if has_feed != self.has_feed:
            self.has_feed = has_feed
            for case in self.cases.values():
                case.pages = case.ahead = case.items = None

    def places(self, folder: str) -> Places:
        """The places that links can name on a consultation's pages."""
        again = self.found.folder(folder, self.cases[folder].key)
        if self.world.wanted.with_pdf:
            return self.crew.here.places(again)
        return cast("Places", self.crew.ask("places", again))

    def items(self, folder: str) -> Mapping[str, str]:
        """What the pages that list all show of a consultation, by their addresses.

        Raises TemplateFault.
        """
        case = self.cases[folder]
        items = case.items or find_items(self.world, case.key, case.card, case.pdfs, self.has_feed)
        if items is None:
            again = self.found.folder(folder, case.key)
            items = self.crew.here.items(again, case.pdfs, self.has_feed)
        return items

    def rows(self, folder: str) -> bytes:
        """What the search index holds of a consultation."""
        case = self.cases[folder]
        rows = find_rows(self.world, case.key, case.card)
        if rows is not None:
            return rows
        with self.alone:
            return self.crew.here.rows(self.found.folder(folder, case.key))

    def outputs(self) -> Iterator[Stored]:
        """All files of all consultations, and those that they name."""
        for case in self.cases.values():
            for place, batch in case.prints.items():
                yield from batch.outputs(self.world.store, partial(self._reprint, case, place))
            if case.pages:
                yield from case.pages.outputs(self.world.store, partial(self._rerender, case))

    def attached(self, site: Site) -> Iterator[Publishable]:
        """The files that any page of the whole site names."""
        for each in site.attachments:
            blob = for_page(each, self.world.store.remember)
            yield published_blob(each.url, blob, (each.source,))

    def _reprint(self, case: Case, place: int) -> tuple[Output, ...]:
        with self.alone:
            return self.crew.here.print_outputs(self.found.folder(case.folder, case.key), place)

    def _rerender(self, case: Case) -> list[Output]:
        folder = self.found.folder(case.folder, case.key)
        with self.alone:
            return self.crew.here.page_outputs(folder, case.pdfs, self.has_feed)

    def _begin(self, phase: Message, total: int) -> Count:
        self.tell(Progress(phase, 0, total))
        return Count(self.tell, phase, total)

    def _each(
        self,
        method: str,
        tasks: Iterator[Task],
        few: int,
        count: Count,
        named: Callable[[Task, Any], str],
        meanwhile: Callable[[], None] | None = None,
    ) -> Iterator[tuple[Task, Any]]:
        """Each task with what was made of it; `named` tells what that is, made or not yet."""
        try:
            for task, made, seconds in self.crew.each(method, tasks, few, meanwhile):
                name = named(task, made)
                self.times.append((seconds, name))
                if isinstance(made, Batch):
                    self.world.store.damaged.extend(made.damaged)
                count.finish(name)
                yield task, made
        except WorkerDied as fault:
            message = say(
                "a process ended while it made {what}; perhaps the memory ran out. "
                "Try fewer at once with --jobs.",
                what=named(fault.task, None),
            )
            raise MachineFault(message) from fault

    def _print_of(self, task: Task, made: Batch | None) -> str:
        folder, place = task
        return made.files[0].path if made else self.crew.here.jobs(folder)[place].paths[0]


def _folder_of(task: Task, _: object) -> str:
    return f"{task[0].path}/"


def _font_of(task: Task, _: object) -> str:
    return FACES[task[0]].file


def whole_site(making: Making, free: Site) -> Site:
    """The whole site, without the texts of its consultations."""
    cards, order = [case.card for case in making.cases.values()], making.found.order
    aliases = [*free.aliases, *(alias for card in cards for alias in card.aliases)]
    attached = {each.url: each for each in free.attachments}
    for card in cards:
        for file in card.attached:
            blob = making.found.file(file.path, file.size, file.sha256)
            before = attached.get(file.path)
            # What one text links to and another shows is published as it is shown.
            is_shown = file.is_shown or (before is not None and before.is_shown)
            at = Location(file.shown)
            attached[file.path] = Attachment(file.path, file.path, blob, at, is_shown)
    return replace(
        free,
        consultations=tuple(card.case for card in cards),
        attachments=tuple(each for _, each in sorted(attached.items())),
        aliases=tuple(sorted(aliases, key=lambda each: order[each.source])),
    )


def pages_of(card: Card) -> tuple[str, ...]:
    """The addresses of the pages whose places a link can name."""
    return (card.case.url, *(each.url for each in card.case.statements))

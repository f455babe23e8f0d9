"""The page numbers of a print's contents and tables: known as early as they can be.

For `target-counter(attr(href), page)` WeasyPrint lays a page out, fills in the number, and lays
the page out again; and once more when all pages are counted. Here a number is filled in as soon
as the page that it names is laid out: what stands behind that page is laid out once, and what
stands before it, or on it, twice. What else a stylesheet counts is left as it is. Nothing of
WeasyPrint's is changed for it but the objects of one document.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any


def number_early(context: Any) -> None:
    """Has a document's context, before its boxes are built, fill in page numbers early."""
    targets, styles = context.target_collector, context.style_for
    collect, move, begin = (
        targets.check_pending_targets,
        targets.cache_target_page_counters,
        styles.add_page_declarations,
    )
    lookups: dict[str, list[Any]] = defaultdict(list)
    filled: list[Any] = []

    def boxes_are_built() -> None:
        collect()
        for (box, kind), lookup in targets.counter_lookup_items.items():
            if kind == "content" and (name := _target(box)) is not None:
                lookups[name].append(lookup)
                lookup.missing_counters, lookup.missing_target_counters = [], {}

    def page_begins(page_type: Any) -> None:
        for lookup in filled:
            lookup.pending = False  # it is laid out with its number from here on
        filled.clear()
        begin(page_type)

    def target_is_laid_out(name: str, counters: Any, page: int, pages: list[Any]) -> None:
        target = targets.target_lookup_items.get(name)
        before = target and target.cached_page_counter_values.get("page")
        move(name, counters, page, pages)
        if before == counters["page"]:
            return
        for lookup in lookups.get(name, ()):
            lookup.parse_again()
            lookup.pending = True  # it may stand on this page, which has been laid out without
            filled.append(lookup)
            if lookup.page_maker_index is not None and lookup.page_maker_index < len(pages):
                pages[lookup.page_maker_index][-1]["content_changed"] = True

    targets.check_pending_targets = boxes_are_built
    targets.cache_target_page_counters = target_is_laid_out
    styles.add_page_declarations = page_begins


def _target(box: Any) -> str | None:
    """The id of what a box draws the page number of; None where it draws other counters."""
    match [value for kind, value in box.style["content"] if "counter" in kind]:
        case [(("attr()", (attribute, "string", _)), "page", _)]:
            return str(box.element.get(attribute, ""))[1:]
    return None

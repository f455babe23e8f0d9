"""Front matter with its keys in the schema's order."""

from __future__ import annotations

from collections.abc import Sequence

from innspill.read.yaml_nodes import FrontMatter


def in_order(text: str, matter: FrontMatter, order: Sequence[str], first_line: int) -> str:
    """The front matter's text, its keys in `order`.

    A comment right above a key goes with it. Text that stands above the first key, apart from
    it, stays there. Keys that are not each on a line of its own are left as they are.
    """
    places = {str(path[0]): at for path, at in matter.keys.items() if len(path) == 1}
    starts = [at.line - first_line for at in places.values()]
    if len(set(starts)) < len(starts) or any(at.column != 1 for at in places.values()):
        return text
    lines = text.split("\n")[:-1]
    floor = 0
    begins = []
    for start in starts:
        begin = start
        while begin > floor and lines[begin - 1].startswith("#"):
            begin -= 1
        begins.append(begin)
        floor = start + 1
    ends = [*begins[1:], len(lines)]
    parts = {name: lines[begin:end] for name, begin, end in zip(places, begins, ends, strict=True)}
    ordered = sorted(parts, key=order.index)
    head = lines[: begins[0]] if begins else lines
    return "\n".join([*head, *(line for name in ordered for line in parts[name]), ""])

"""Values that are written in other words than their own, as those who read on know them.

`status: vedtatt` and `adopted: 21.03.2024` become `adopted` and `2024-03-21` here, and nowhere
else. `innspill fmt` writes the file so.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

from innspill.read.convert import settled_forms
from innspill.read.schema import AnyFront
from innspill.read.yaml_nodes import FrontMatter


def settled(matter: FrontMatter, schema: type[AnyFront]) -> FrontMatter:
    """Front matter with all values that may be written in several ways in their settled form."""
    forms = {path: form for path, _, form in settled_forms(schema, matter.values)}
    if not forms:
        return matter
    values: Any = copy.deepcopy(matter.values)
    for (*around, last), form in forms.items():
        holder = values
        for part in around:
            holder = holder[part]
        holder[last] = form if isinstance(form, str) else dict(form)
    return replace(matter, values=values)

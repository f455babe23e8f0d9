"""What a PDF says that it was made from, so that it can be made again and compared.

It stands in the XMP, in a namespace of its own, which PDF/A wants described (ISO 19005-2,
6.6.2.3). It holds nothing that differs from machine to machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

PREFIX = "innspill"
NAMESPACE = "urn:innspill:made-from:1"
DESCRIBED = {
    "form": ("Text", "The name of the form of the PDF"),
    "page": ("Text", "The page of the site that it belongs to"),
    "texts": ("seq Text", "Each text that it shows: its file, its commit in git, its digest"),
    "version": ("Text", "The tag in git of the published version that it shows"),
    "comparedWith": ("Text", "The commit in git that its text is compared with"),
    "templates": ("Text", "Whose templates it was made with, their commit in git, their digest"),
    "program": ("Text", "The program that made it, and its digest"),
}
"""Its properties: the kind of each, and what it means."""


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """What a PDF was made from."""

    form: str = ""
    """The name of its file, as the program names each form."""
    page: str = ""
    """The address of the page that it belongs to."""
    texts: tuple[str, ...] = ()
    """Of each statement in it `sak/alna.md@COMMIT sha256:DIGEST`, line ends counted as one."""
    version: str = ""
    """The tag of the published version that it shows, where it is one."""
    compared_with: str = ""
    """The commit that the text is compared with, where it is."""
    templates: str = ""
    """`own@COMMIT sha256:…`, `own sha256:…` where they were not committed, or `shipped sha256:…`:
    the last commit that changed those that prints are made with, and their digest."""
    program: str = ""
    """`Innspill 1.0 sha256:…`: the digest of its code and of its templates."""

    def properties(self) -> Iterator[str]:
        """The properties, as XMP has them."""
        for name, value in self.values().items():
            if isinstance(value, tuple):
                items = "".join(f"<rdf:li>{escape(each, quote=False)}</rdf:li>" for each in value)
                yield f"<{PREFIX}:{name}><rdf:Seq>{items}</rdf:Seq></{PREFIX}:{name}>"
            else:
                yield f"<{PREFIX}:{name}>{escape(value, quote=False)}</{PREFIX}:{name}>"

    def values(self) -> dict[str, str | tuple[str, ...]]:
        """The properties that it has, by their names in XMP."""
        every: dict[str, str | tuple[str, ...]] = {
            "form": self.form,
            "page": self.page,
            "texts": self.texts,
            "version": self.version,
            "comparedWith": self.compared_with,
            "templates": self.templates,
            "program": self.program,
        }
        return {name: value for name, value in every.items() if value}


@dataclass(frozen=True, slots=True)
class NamedTemplates:
    """The templates that something says it was made with."""

    kind: str
    """`own` or `shipped`; empty where nothing is said."""
    commit: str
    """The last commit that changed them, where one is named."""
    digest: str


def templates_named(whose: str) -> NamedTemplates:
    """What `own@COMMIT sha256:…` says."""
    named, _, digest = whose.partition(" sha256:")
    kind, _, commit = named.partition("@")
    return NamedTemplates(kind, commit, digest)


UNTOLD = MadeFrom()
"""Of what nothing is told."""


def made_from_in(xmp: Mapping[str, Any]) -> MadeFrom:
    """What XMP says, as pikepdf reads it; empty where it says nothing."""

    def text(name: str) -> str:
        value = xmp.get(f"{{{NAMESPACE}}}{name}", "")
        return value if isinstance(value, str) else ""

    texts = xmp.get(f"{{{NAMESPACE}}}texts", ())
    return MadeFrom(
        text("form"),
        text("page"),
        (texts,) if isinstance(texts, str) else tuple(map(str, texts)),
        text("version"),
        text("comparedWith"),
        text("templates"),
        text("program"),
    )


def described() -> str:
    """The description of the properties that PDF/A wants."""
    properties = "".join(
        '<rdf:li rdf:parseType="Resource">\n'
        f"<pdfaProperty:name>{name}</pdfaProperty:name>\n"
        f"<pdfaProperty:valueType>{kind}</pdfaProperty:valueType>\n"
        "<pdfaProperty:category>internal</pdfaProperty:category>\n"
        f"<pdfaProperty:description>{meaning}</pdfaProperty:description>\n"
        "</rdf:li>"
        for name, (kind, meaning) in DESCRIBED.items()
    )
    return f"""\
<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>What the file was made from</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>{PREFIX}</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property>
</rdf:li>"""

"""A statement's page as linked data: JSON-LD of schema.org's Report.

It stands in a data block, which no browser runs, so that a strict
Content-Security-Policy lets it be.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from innspill.model import Consultation, Site, Statement
from innspill.render.data import media_type

ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""What could end the block, or be taken for markup in it."""


def json_ld(site: Site, case: Consultation, statement: Statement, with_pdf: bool) -> Markup:
    """The script element for a page's head; empty for a draft that is not given out."""
    if not case.gives_out(statement):
        return Markup("")
    data = {key: value for key, value in _report(site, case, statement, with_pdf).items() if value}
    text = json.dumps(data, ensure_ascii=False, indent=1).translate(ESCAPES)
    return Markup('<script type="application/ld+json">\n{}\n</script>').format(Markup(text))


def _report(site: Site, case: Consultation, statement: Statement, with_pdf: bool) -> dict[str, Any]:
    facts = statement.facts
    published = facts.dated or facts.adopted
    papers = statement.papers if with_pdf else ()
    files = [statement.folder + paper.file for paper in papers]
    files += [each.url for each in statement.enclosures if each.url]
    return {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": site.address and site.address + quote(statement.url),
        "url": site.address and site.address + quote(statement.url),
        "name": statement.title,
        "inLanguage": statement.lang,
        "author": {"@type": "GovernmentOrganization", "name": statement.committee},
        "publisher": {"@type": "Organization", "name": site.publisher},
        "reportNumber": facts.our_reference,
        "datePublished": published and published.isoformat(),
        "creativeWorkStatus": "Draft" if statement.status == "draft" else "Published",
        "abstract": " ".join(each.text for each in statement.summary),
        "isPartOf": {"@type": "CreativeWork", "name": case.title},
        "encoding": [
            {
                "@type": "MediaObject",
                "contentUrl": site.address + quote(url),
                "encodingFormat": media_type(url),
            }
            for url in files
        ]
        if site.address
        else [],
    }

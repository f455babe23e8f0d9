"""Pages as linked data: JSON-LD of schema.org's Report, Collection and Question.

A draft that is not given out is in none of them. It stands in a data block, which no browser
runs, so that a strict Content-Security-Policy lets it be.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from innspill.model import (
    Card,
    CaseFacts,
    Consultation,
    Question,
    SiteFacts,
    Statement,
    StatementHead,
)
from innspill.render.data import media_type

ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""What could end the block, or be taken for markup in it."""


def json_ld(site: SiteFacts, case: CaseFacts, statement: Statement, with_pdf: bool) -> Markup:
    """The script element for a statement's head; empty for a draft that is not given out."""
    if not case.gives_out(statement):
        return Markup("")
    return _element(
        {
            **_named(site, "Report", statement.url, statement.title),
            **_signed(statement),
            "inLanguage": statement.lang,
            "publisher": _publisher(site),
            "reportNumber": statement.facts.our_reference,
            "abstract": " ".join(each.text for each in statement.summary),
            "isPartOf": _named(site, "Collection", case.url, case.title),
            "encoding": _files(site, statement, with_pdf),
        }
    )


def case_json_ld(site: SiteFacts, case: Consultation) -> Markup:
    """The script element for a consultation's head: its questions and its statements."""
    questions = [_named(site, "Question", each.url, each.title) for each in case.questions]
    reports = [
        _named(site, "Report", each.url, each.title) | _signed(each) for each in case.given_out
    ]
    return _element(
        {
            **_named(site, "Collection", case.url, case.title),
            "inLanguage": case.lang,
            "publisher": _publisher(site),
            "hasPart": questions + reports,
        }
    )


def question_json_ld(site: SiteFacts, case: Consultation, question: Question) -> Markup:
    """The script element for a question's head: what is asked, and each answer's main points."""
    answers = [each for each in case.answers if each.answers(question)]
    return _element(
        {
            **_named(site, "Question", question.url, question.title),
            "text": question.text,
            "inLanguage": case.lang,
            "isPartOf": _named(site, "Collection", case.url, case.title),
            "answerCount": len(answers),
            "suggestedAnswer": [_answer(site, each, question) for each in answers],
        }
    )


def _element(data: dict[str, Any]) -> Markup:
    whole = {"@context": "https://schema.org"} | _filled(data)
    text = json.dumps(whole, ensure_ascii=False)
    return Markup('<script type="application/ld+json">\n{}\n</script>').format(
        Markup(text.translate(ESCAPES))
    )


def _filled(value: Any) -> Any:
    """The same without what is not known."""
    match value:
        case dict():
            kept = {name: _filled(each) for name, each in value.items()}
            return {name: each for name, each in kept.items() if each not in (None, "", [], {})}
        case list():
            return [_filled(each) for each in value]
    return value


def _named(site: SiteFacts, kind: str, url: str, name: str) -> dict[str, Any]:
    address = _address(site, url)
    return {"@type": kind, "@id": address, "url": address, "name": name}


def _address(site: SiteFacts, url: str, fragment: str = "") -> str | None:
    return site.address and site.address + quote(url) + (f"#{fragment}" if fragment else "")


def _publisher(site: SiteFacts) -> dict[str, Any]:
    return {"@type": "Organization", "name": site.publisher}


def _signed(statement: StatementHead) -> dict[str, Any]:
    published = statement.facts.dated or statement.facts.adopted
    return {
        "author": {"@type": "GovernmentOrganization", "name": statement.committee},
        "datePublished": published and published.isoformat(),
        "creativeWorkStatus": "Draft" if statement.status == "draft" else "Published",
    }


def _answer(site: SiteFacts, statement: Card, question: Question) -> dict[str, Any]:
    reply = statement.reply_to(question)
    return {
        "@type": "Answer",
        "url": _address(site, statement.url, (reply and reply.heading) or ""),
        "inLanguage": statement.lang,
        **_signed(statement),
        "abstract": " ".join(reply.points) if reply else "",
    }


def _files(site: SiteFacts, statement: Statement, with_pdf: bool) -> list[dict[str, Any]]:
    papers = statement.papers if with_pdf else ()
    urls = [statement.folder + paper.file for paper in papers]
    urls += [each.url for each in statement.enclosures if each.url]
    return [
        {
            "@type": "MediaObject",
            "contentUrl": _address(site, url),
            "encodingFormat": media_type(url),
        }
        for url in urls
        if site.address
    ]

"""What looks private, in any text: the subject of a commit is asked about like a file."""

from __future__ import annotations

import pytest

from innspill.check.private_data import private_data_in

PRIVATE = [
    ("Rett 01019060140 i svaret", "national-id", "01019060140"),
    ("Send til ola.eksempel@gmail.com", "email", "ola.eksempel@gmail.com"),
    ("Ring 91234567", "phone", "91234567"),
    ("Konto 8601.11.17947", "account", "8601.11.17947"),
    ("Konto 8601 11 17947", "account", "8601 11 17947"),
    ("Konto 86011117947", "account", "86011117947"),
    ("NO93 8601 1117 947", "account", "NO93 8601 1117 947"),
    ("NO9386011117947", "account", "NO9386011117947"),
    ("no93 8601 1117 947", "account", "no93 8601 1117 947"),
    ("NO93-8601-1117-947", "account", "NO93-8601-1117-947"),
    ("Konto 8601-11-17947.", "account", "8601-11-17947"),
    ("Konto 8601 1117947", "account", "8601 1117947"),
    ("GB82 WEST 1234 5698 7654 32", "account", "GB82 WEST 1234 5698 7654 32"),
    ("Begge deler: 01019000083", "national-id", "01019000083"),
    ("unntatt offentlighet, jf. offl. § 13", "exempt", "unntatt offentlighet, jf. offl. § 13"),
    ("Unntatt offentlighet", "exempt", "Unntatt offentlighet"),
    ("jf. offl. § 14", "exempt", "offl. § 14"),
    ("Off.loven § 23", "exempt", "Off.loven § 23"),
    ("U.off. § 13", "exempt", "U.off. § 13"),
    ("unnateke offentlegheit, § 26", "exempt", "unnateke offentlegheit, § 26"),
    ("offentleglova §§ 13 og 14", "exempt", "offentleglova §§ 13"),
    ("Vedlegg 2 (offl. § 13)", "exempt", "offl. § 13"),
    ("Gradering: Offl. § 13, jf. fvl. § 13 første ledd nr. 1", "exempt", "Offl. § 13"),
    ("| Brev | offl. § 23 første ledd |", "exempt", "offl. § 23"),
    (
        "Unntatt fra offentlighet etter fvl. § 13",
        "exempt",
        "Unntatt fra offentlighet etter fvl. § 13",
    ),
]
ORDINARY = [
    "org.nr. 974 778 742",
    "974778742",
    "24/7516 - 3",
    "saksnr. 86011117947",
    "KID: 86011117947",
    "2024/86011117947",
    "8601.11.17948",
    "NO94 8601 1117 947",
    "kr 1.200.000.000",
    "12.10.2024 15.30",
    "etter offl. § 3 har alle rett til innsyn",
    "kommuneloven § 13",
    "Vi mener at færre dokumenter bør være unntatt offentlighet, og viser til § 3 i loven.",
    "Etter offentleglova § 13 skal det gis innsyn i resten.",
    "Utvalget viser til offl. § 14, som gir organet rett til å vente.",
    "Mye er unntatt offentlighet i dag, jf. § 130 i den gamle loven.",
    "NO94-8601-1117-947",
    "8601-11-17948",
    "8601 1117948",
    "Ingenting bør være unntatt offentlighet i denne saken.",
]


@pytest.mark.parametrize(("text", "code", "words"), PRIVATE)
def test_what_is_private_is_found_once(text: str, code: str, words: str) -> None:
    found = [(each.code, text[each.start : each.end]) for each in private_data_in(text)]
    assert found == [(code, words)]


@pytest.mark.parametrize("below", ["1001 Oslo", "2 ganger ringte hun.", "10 var der.", "1. mai"])
@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("phone", "23 43 10 00"),
        ("phone", "234 31 000"),
        ("phone", "99887766"),
        ("phone", "+47 23431000"),
        ("account", "8601 11 17947"),
        ("account", "8601.11.17947"),
        ("account", "86011117947"),
        ("account", "NO93 8601 1117 947"),
        ("account", "SE45 5000 0000 0583 9825 7466"),
        ("national-id", "010190 60140"),
        ("national-id", "01019060140"),
    ],
)
def test_the_next_line_is_no_part_of_a_number(code: str, words: str, below: str) -> None:
    for text in (f"Det er {words}\n{below}", f"Boks 1\t{words}\n{below}", f"{words}\n{words}"):
        found = [(each.code, text[each.start : each.end]) for each in private_data_in(text)]
        assert found == [(code, words)] * text.count(words)


def test_a_number_broken_over_two_lines_is_found() -> None:
    for words in ("23 43\n10 00", "NO93 8601\n1117 947", "010190\n60140"):
        assert len(list(private_data_in(f"Det er {words}, ja."))) == 1


@pytest.mark.parametrize("text", ORDINARY)
def test_what_is_ordinary_is_not(text: str) -> None:
    assert list(private_data_in(text)) == []


def test_what_may_be_published_is_left_however_it_is_spaced() -> None:
    text = "Konto 8601.11.17947 og NO93 8601 1117 947, ring +47 91 23 45 67, og (offl. § 13)"
    meant = ["86011117947", "912 34 567", "offl.  § 13"]
    assert list(private_data_in(text, meant)) == []

"""`innspill suggest`: what it finds, what it writes, and what becomes of that."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sites import CONTENT, HEAD, build_quietly, codes, innspill, load, project, statement, write
from suggested_letters import EVEN, FRESH, LATER, ODD, REAL, composed_letter, measure_all

from innspill.compare.similarity import sounds_like
from innspill.compose.single_statement import SingleStatement, compose_single
from innspill.diagnostics import has_errors
from innspill.read.read import read
from innspill.read.schema import StatementFront
from innspill.suggest.find import find_proposals
from innspill.suggest.suggest import ranked, suggest
from innspill.suggest.suggestions import Suggestions, suggestions_for
from innspill.suggest.write import as_front_matter, with_suggestions

BARE = re.compile(r"^summary:\n.*?(?=^---$)", re.MULTILINE | re.DOTALL)
EXPECTED = Path(__file__).parent / "suggested.txt"
FILE = Path("content", "sak", "eksempel.md")


# How much is found. `letters/README.md` tells who had seen what when.


@pytest.mark.parametrize(
    ("letters", "recall", "precision", "directed", "forced"),
    [
        ((REAL,), 0.98, 0.88, 0.84, 1.0),
        (ODD, 0.98, 0.96, 0.87, 0.98),
        (EVEN, 0.9, 0.96, 0.81, 0.98),
        (LATER, 0.96, 1.0, 0.81, 1.0),
        (FRESH, 0.87, 0.94, 0.77, 1.0),
    ],
    ids=["real", "odd", "even", "later", "fresh"],
)
def test_what_a_careful_human_finds_is_found(
    letters: tuple[str, ...], recall: float, precision: float, directed: float, forced: float
) -> None:
    figures = measure_all(letters)
    assert figures.recall >= recall
    assert figures.precision >= precision
    assert figures.directed / figures.found >= directed
    assert figures.forced / figures.found >= forced


def found_in(body: str, folder: Path) -> list[tuple[str, str]]:
    """The forces that are found in a body, each with what is quoted."""
    (text,) = load(write(folder, statement(f"\n{body}\n")))[1].statements
    return [(each.force, each.unit.text[slice(*each.span)]) for each in find_proposals(text)]


@pytest.mark.parametrize(
    ("body", "force"),
    [
        ("Bydelsutvalget foreslår at tilbudet utvides.", "foreslår"),
        ("Derfor går utvalget inn for en avtale.", "går inn for"),
        ("Vi ber byrådet vurdere en avtale.", "ber vurdere"),
        ("Utvalget ber om at en avtale vurderes.", "ber om at vurderes"),
        ("Vi kan ikke støtte forslaget.", "kan ikke støtte"),
        ("Utvalget mener at Torshov bør få en ny skole.", "bør"),
        ("Det er naudsynt med ein ny skule.", "er naudsynt"),
        ("Behold biblioteket.", "behold"),
        ("Biblioteket må bli værende.", "må"),
        ("Ansvaret kan overføres til bydelene.", "kan"),
        ("Ansvaret kan vurderes overført.", "kan vurderes"),
        ("Skolene bør derfor ikke flyttes.", "bør ikke"),
        ("Tilbudet bør styrkes, slik loven krever.", "bør"),
        ("- Punkt 4 omskrives.", "omskrives"),
        ("Utvalget krever:\n\n- flere benker", "krever"),
        ("Vi krever at:\n\n- alle skoler skal ha kantine", "krever"),
        ("Vi stiller følgende krav:\n\n- Heis i begge ender", "følgende krav"),
        # What is asked for.
        ("Vi ber innstendig om at fylket ser på dette en gang til.", "ber om"),
        ("Me bed om at strandsona vert halden fri for nye naust.", "bed om"),
        ("Kommunen bes om å legge fram et kart.", "bes om"),
        ("Vi ber kommunen avstå fra å leie ut lokalene.", "ber avstå fra"),
        ("Byrådet bes samtidig la være å felle trærne.", "bes la være"),
        ("Kommunen må la være å gi dispensasjoner i strandsonen.", "må la være"),
        ("Vi skulle gjerne hatt ein skatepark i sentrum.", "skulle gjerne"),
        ("Parkeringsplassen ved siden av vil vi ikke ha.", "vil ikke ha"),
        ("Det er et sterkt ønske fra vår side at museet får ligge.", "er et ønske"),
        ("Et absolutt krav fra utvalgets side er en ny måling.", "krav fra side er"),
        ("Det hadde vært klokt om skolene delte på en vaktmester.", "hadde vært klokt om"),
        ("Det er helt nødvendig med en buffersone.", "er nødvendig"),
        ("Slike konflikter løses best lokalt.", "løses best"),
        ("Vi ser på det som en selvfølge at naboene varsles.", "ser på som en selvfølge"),
        ("Vi tar for gitt at ingen mister jobben.", "tar for gitt"),
        ("Utvalget legger til grunn at stiene forblir åpne.", "legger til grunn"),
        ("Et vilkår for vår tilslutning er at garasjen beholdes.", "vilkår er at"),
        # What is accepted, what is rejected.
        ("Forslaget om leksehjelp hilser vi velkommen.", "hilser velkommen"),
        ("Forslaget om ny skolestart har vår fulle støtte.", "har vår støtte"),
        ("Den vurderingen deler vi fullt ut.", "vurderingen deler"),
        ("Ei løype rundt vannet har vi ikke noe imot.", "har ikke noe imot"),
        ("Til dette forslaget er utvalget klart negativt.", "er negativt"),
        ("Det rår utvalet ifrå.", "rår ifrå"),
        ("Det kan vi ikke gå med på.", "kan ikke gå med på"),
        ("En halvering av stillingen lar seg ikke forsvare.", "lar seg ikke forsvare"),
        ("Det kan ikke aksepteres at barn går langs veien.", "kan ikke aksepteres"),
        ("Vi ser ingen grunn til å endre navnet på veien.", "ser ingen grunn til"),
        ("Flertallet støtter avtalen, mens et mindretall på to vil vente.", "støtter"),
        # Who says so, and what only looks like another clause.
        ("Vi vil understreke at bemanningen må økes.", "må"),
        ("Det er vårt syn at tilsynet må styrkes.", "må"),
        ("Det er viktig å understreke at barna må høres.", "må"),
        ("Loven må si hvem som er klageinstans.", "må"),
        ("Selv om vi støtter målet, må midlene endres.", "må"),
        ("På samme måte som rådet slutter vi oss til kravet.", "slutter oss til"),
        ("Utvalgets ønske er at stien får navn.", "ønske er at"),
        ("Vårt krav: ingen nedleggelser før 2030.", "vårt krav"),
        ("Når det gjelder prisen, må den settes ned.", "må"),
        ("En slik ordning må prøves.", "må"),
        ("Skoler med mer enn 300 elever må få to rektorer.", "må"),
        ("Elevene selv må få velge.", "må"),
        ("Ikke kutt i tilbudet til de eldste.", "ikke kutt"),
        ("Verken hallen ved elva eller den nye bør rives.", "verken bør"),
    ],
)
def test_a_proposal(body: str, force: str, tmp_path: Path) -> None:
    assert [each for each, _ in found_in(body, tmp_path)] == [force]


@pytest.mark.parametrize(
    "body",
    [
        "Byrådet foreslår at tilbudet utvides.",
        "Foreldrene krever at skolen blir.",
        "Opplæringsloven krever at kommunen har kompetanse.",
        "Etter loven skal kommunen ha en plan.",
        "I dag må bydelen be om et møte.",
        "I høringsnotatet foreslås det at avgiften økes.",
        "Bør skolen flyttes?",
        "Hvis grensen blir innført, må bydelen søke.",
        "Kommunen har drøftet om skolen bør flyttes.",
        "Byadvokaten mener at ansvaret bør ligge fast.",
        "Slike møter kan ta uker.",
        "Utvalget ønsker kommunen lykke til.",
        "Utvalget vil takke for anledningen.",
        "Biblioteket ligger ved torget.",
        "Innspillene handler om forhold som må følges opp.",
        "::: mindretall {by=A}\nSkolen bør flyttes.\n:::",
        "Mindretallet mener at skolen bør flyttes.",
        "Videre krever mindretallet at skolen flyttes.",
        "Medlemmene fra Høyre foreslår at skolen flyttes.",
        "Eit mindretal ber om at skolen blir flytta.",
        "Mindretallet krever at:\n\n- skolen flyttes",
        "## Bakgrunn\n\nTilbudet må styrkes.",
        "Det går et år før tomten graves ut.",
        # Others say so.
        "Departementet ber utvalget vurdere tre modeller.",
        "Kommunen ber oss uttale oss om fristen.",
        "Naboene mener veien må utvides.",
        "Naboene krever at vi flytter.",
        "Kommunens forslag er at vi betaler.",
        "«Dette må ta slutt», sa rektor på møtet.",
        "Skolen må vente, sier rektoren.",
        "Noen av medlemmene våre ønsker seg konsertsal.",
        "Prosjektet støttes av Kulturrådet.",
        "Saksframlegget legger til grunn at folketallet synker.",
        # It is told, supposed or asked.
        "Eierne må i dag søke hvert år.",
        "Pårørende må ofte ringe fem ganger.",
        "Barna må gå langs en vei uten fortau.",
        "Den som vil bade, må gå over veien.",
        "I verste fall må tunnelen stenges.",
        "Det er strid om gebyret, og spørsmål ved om det skal økes.",
        "Utvalget skal møtes igjen i mars.",
        "Bussen skal etter ruteplanen gå hvert kvarter.",
        "Ifølgje planen skal skulen stå ferdig i 2029.",
        "Blir filialen lagt ned, må barna ta bussen.",
        "Uten tilskudd må klubben legge ned.",
        "Vi tar ikke stilling til om avgiften skal økes.",
        "Utvalget skal ikke avgjøre saken, men uttale seg.",
        "Det må nevnes at tallene er usikre.",
        "Det skal godt gjøres å finne en bedre tomt.",
        "De ansatte fortjener ros.",
        "Skolen er viktig for bygda.",
        "Vi har ingen forutsetning for å overprøve tallene.",
        "Det er rimelig å anta at trafikken øker.",
        "Vi ber om forståelse for at svaret kommer sent.",
        "Utvalget vil komme tilbake til saken.",
        "Ta gjerne kontakt om noe er uklart.",
    ],
)
def test_no_proposal(body: str, tmp_path: Path) -> None:
    assert found_in(body, tmp_path) == []


def test_a_sentence_with_two_proposals_is_quoted_in_parts(tmp_path: Path) -> None:
    body = "Utvalget støtter avtalen, men ber om at den sendes bydelene."
    assert found_in(body, tmp_path) == [
        ("støtter", "Utvalget støtter avtalen"),
        ("ber om", "ber om at den sendes bydelene"),
    ]


@pytest.mark.parametrize(
    ("body", "forces"),
    [
        ("Avfallet bør sorteres, og sekkene må hentes oftere.", ["bør", "må"]),
        ("Vi støtter planen og den nye gata bør få navn.", ["støtter", "bør"]),
        ("Vi støtter utvidelsen, forutsatt at trærne får stå.", ["støtter", "forutsatt at"]),
        ("Ansvaret bør ligge i bydelen, mens etaten må ha tilsyn.", ["bør", "må"]),
        ("Vi går imot A og anbefaler B.", ["går imot", "anbefaler"]),
        ("Prøven må ikke bli varig, men bør evalueres.", ["må ikke", "bør"]),
    ],
)
def test_each_clause_has_its_own_force(body: str, forces: list[str], tmp_path: Path) -> None:
    assert [each for each, _ in found_in(body, tmp_path)] == forces


@pytest.mark.parametrize(
    ("body", "forces"),
    [
        # What looks like an imperative begins a subject, or it is one.
        ("Åpne kontorlandskap bør unngås.", ["bør"]),
        ("Opne merdar bør ikkje tillatast i fjorden.", ["bør ikkje"]),
        ("Sikre skoleveier må prioriteres.", ["må"]),
        ("Bygg over fire etasjer skal ikke tillates.", ["skal ikke"]),
        ("Trygg skoleveg til barneskulen må prioriterast.", ["må"]),
        ("Start før klokka åtte kan vi ikke støtte.", ["kan ikke støtte"]),
        ("Åpne branndører frarådes på det sterkeste.", ["frarådes"]),
        ("Parker og lekeplasser må vernes mot bilene.", ["må"]),
        ("Vask skal utføres av kommunens egne folk.", ["skal"]),
        ("Opne møte ser vi gjerne at rådet held fram med.", ["ser gjerne"]),
        ("Åpne båser støtter vi ikke.", ["støtter ikke"]),
        ("Sikre gangfelt er helt nødvendig.", ["er nødvendig"]),
        ("Åpne biblioteket på søndager.", ["åpne"]),
        ("Gje ungdommen ein plass der alle dei yngste kan vere.", ["gje"]),
        ("Bruk pengene vi kan spare på renholdet.", ["bruk"]),
        ("Utsett saken til konsekvensene er utredet.", ["utsett"]),
        ("Behold skolen, for den bør ikke flyttes.", ["behold", "bør ikke"]),
        ("Sikre at alle som vil, kan delta.", ["sikre"]),
        ("La saken utredes på nytt.", ["la"]),
        ("Opne hallen slik at fleire kan trene.", ["opne"]),
        ("Flytt møtene til kvelden så flere kan komme.", ["flytt"]),
        ("Gi ungdommen det de ber om.", ["gi"]),
        ("Åpne merder som ligger nær elva, bør flyttes.", ["bør"]),
        # A bare passive in a clause that is part of another.
        ("Utvalget vil peke på verdien av at skogen bevares.", []),
        ("Vi er opptatt av at stien opprettholdes.", ["er opptatt av"]),
        ("Vi minner om at ordningen opprettes fra nyttår.", []),
        ("Når den nye skolen etableres får vi mer trafikk.", []),
        ("Vi ser hvor mye som fjernes.", []),
        ("Me merkar oss at tilbodet vidareførast.", []),
        ("Det er uklart om tilskuddet videreføres.", []),
        ("Vi understreker hvor viktig det er at elva vernes.", []),
        ("Skogen er stor så lenge den bevares.", []),
        ("Det blir verre dersom reglene innføres.", []),
        ("Vi frykter at tilbudet reduseres.", []),
        ("Me legg merke til at vegen utvidast.", []),
        ("Utvalget forstår det slik at tilskuddet økes.", []),
        ("- Punkt 4 strykes fordi tallene endres.", ["strykes"]),
        ("- Skolen beholdes så lenge det er elever.", ["beholdes"]),
        ("- Hallen, som eies av kommunen, åpnes hele uka.", ["åpnes"]),
        ("- Forslaget om ny avgift forkastes.", ["forkastes"]),
        ("Rådet understrekar at tilbodet styrkast først når senteret etablerast.", []),
        ("Styret merker seg at ansvaret nå endelig flyttes og styrkes.", []),
        # Items below a line that asks, and below one that others ask with.
        (
            "Vi har følgende krav:\n\n- Bussen går hvert kvarter\n- Stoppet flyttes til torget",
            ["følgende krav", "følgende krav"],
        ),
        ("Utvalet har følgjande krav:\n\n- Hallen opnast før skulestart", ["følgjande krav"]),
        ("Våre krav er:\n\n- Hallen åpnes tidligere", ["våre krav"]),
        (
            "Vi stiller disse kravene:\n\n- Bussen går oftere\n- Skiltet fjernes",
            ["disse kravene", "disse kravene"],
        ),
        ("Vi har tre krav:\n\n- Skiltet fjernes\n- Garasjen er åpen", ["tre krav", "tre krav"]),
        ("Krava våre er:\n\n- Ferja går heile året\n- Kaia utvidast", ["krava våre", "krava våre"]),
        ("Dette er våre krav:\n\n- Prøvene tas hver uke", ["våre krav"]),
        ("Me krev:\n\n- Kaia utvidast", ["krev"]),
        ("Utvalget krever følgende:\n\n- Salget stanses", ["krever"]),
        ("Naboene har følgende krav:\n\n- Veien stenges", []),
        ("Kommunen stiller desse krava:\n\n- Gjerdet fjernes", []),
        ("Vi har følgende krav:\n\n- Bussen bør gå oftere", ["bør"]),
        ("Lova set desse krava:\n\n- Alle vert høyrde", []),
        ("Vi har følgende merknader:\n\n- Punkt 4 strykes", ["strykes"]),
        # Two clauses, each with a force of its own.
        (
            "Utvalget støtter en ny skole, men finner ikke å kunne tilrå tomta ved elva.",
            ["støtter", "finner ikke å kunne tilrå"],
        ),
        (
            "Utvalet stør ein ny skule, men finn ikkje å kunne tilrå tomta ved elva.",
            ["stør", "finn ikkje å kunne tilrå"],
        ),
        (
            "Taket kan ikke vente til neste år og forutsettes reparert i høst.",
            ["kan ikke", "forutsettes"],
        ),
        ("Vi vil ikke gå med på flere kutt og ber om et møte.", ["vil ikke gå med på", "ber om"]),
        ("Me vil ikkje godta fleire kutt og krev eit møte.", ["vil ikkje godta", "krev"]),
        ("En gangvei langs elva er noe vi har bedt om før og nå ber om igjen.", ["ber om"]),
        ("Rådet fraråder salget og anbefaler utleie.", ["fraråder", "anbefaler"]),
        ("Utvalget avviser salget og ber kommunen vurdere utleie.", ["avviser", "ber vurdere"]),
        ("Brua må ikke stenges og kreves åpen hele året.", ["må ikke", "kreves"]),
        ("Me går imot hotellet og bed om at tomta blir park.", ["går imot", "bed om"]),
        ("Ordninga er noko vi har støtta lenge og framleis støttar.", ["støttar"]),
        (
            "Det bør bygges en ny hall, og det forutsettes at klubbene får nøkkel.",
            ["bør", "forutsettes"],
        ),
        (
            "Skolen bør rehabiliteres og anbefales flyttet til torget så lenge.",
            ["bør", "anbefales"],
        ),
        ("Tallene bør kontrolleres og sammenlignes.", ["bør"]),
        ("Vi krevde dette før og nå krever kommunen det samme.", []),
        (
            "Bygda trenger tilsyn; en felles vakt er noe vi har bedt om før og nå ber om igjen.",
            ["trenger", "ber om"],
        ),
        ("Utvalget kan ikke anbefale salg og foreslår utleie.", ["kan ikke anbefale", "foreslår"]),
        ("Tilbodet må ikkje svekkjast og vert tilrådd vidareført.", ["må ikkje", "vert tilrådd"]),
        ("Planen bør endres og vedtas på nytt.", ["bør"]),
    ],
)
def test_which_words_bear_the_force(body: str, forces: list[str], tmp_path: Path) -> None:
    assert [each for each, _ in found_in(body, tmp_path)] == forces


def test_a_minoritys_words_are_no_part_of_what_is_quoted(tmp_path: Path) -> None:
    body = "Flertallet støtter avtalen; mindretallet krever at den sendes bydelene."
    assert found_in(body, tmp_path) == [("støtter", "Flertallet støtter avtalen")]


def made_of(body: str, folder: Path, head: str = "") -> Suggestions:
    alone = composed_file(write(folder, statement(f"\n{body}\n", head)))
    assert isinstance(alone.source.front, StatementFront)
    return suggestions_for(alone.statement, alone.source.front)


def composed_file(folder: Path) -> SingleStatement:
    alone = compose_single(read(folder / "content", "content"), "sak/eksempel.md")
    assert alone
    return alone


@pytest.mark.parametrize(
    ("body", "what", "move"),
    [
        ("Ansvaret for skolene bør overføres til bydelene.", "Ansvaret for skolene", "to_district"),
        ("Videre bør drift av biler sentraliseres.", "Drift av biler", "to_city"),
        ("Det bør inngås en avtale mellom skolene.", "En avtale mellom skolene", "cooperate"),
        ("Vi fraråder at skolene overføres til staten.", "Skolene overføres til staten", "other"),
        ("Vi ber om flere lærere, fordi det trengs.", "Flere lærere", "other"),
    ],
)
def test_what_and_where(body: str, what: str, move: str, tmp_path: Path) -> None:
    first, *_ = made_of(body, tmp_path).proposals
    assert (first.what, first.move) == (what, move)


def test_a_quote_is_lengthened_until_it_stands_once(tmp_path: Path) -> None:
    body = "Dette haster. Skolen bør bygges.\n\nDet er trangt. Skolen bør bygges."
    first, second = made_of(body, tmp_path).proposals
    assert first.quotes == ("haster. Skolen bør bygges",)
    assert second.quotes == ("trangt. Skolen bør bygges",)


def test_what_stands_twice_as_a_whole_is_left_out(tmp_path: Path) -> None:
    assert made_of("Skolen bør bygges.\n\nSkolen bør bygges.", tmp_path).proposals == ()
    assert made_of("Skolen bør bygges. " * 1000, tmp_path).proposals == ()


def test_what_is_no_prose_is_not_judged(tmp_path: Path) -> None:
    assert found_in("bør ikke kan må vurderes " * 41, tmp_path) == []
    assert found_in("bør ikke kan må vurderes " * 39, tmp_path)


def test_the_line_above_a_list_is_quoted_with_its_items(tmp_path: Path) -> None:
    body = "Utvalget krever:\n\n- at skolen bygges\n- flere benker"
    assert [each.quotes for each in made_of(body, tmp_path).proposals] == [
        ("Utvalget krever", "at skolen bygges"),
        ("Utvalget krever", "flere benker"),
    ]


PRESENT = """\
proposals:
  - what: Skolen
    move: other
    force: bør
    quote: Skolen bør bygges
    suggested: true
summary:
  - about: general
    point: Veien må utvides.
    quote: Veien må utvides
"""


def test_what_is_there_already_is_told_and_not_suggested(tmp_path: Path) -> None:
    made = made_of("Skolen bør bygges.\n\nVeien må utvides.", tmp_path, PRESENT)
    assert made.covered == ("0.1",)
    assert [(each.number, each.in_summary) for each in made.proposals] == [("0.2", True)]


ANSWERED = """\
## Svar {#en}

Saken er kjent. Utvalget mener at skolen bør bygges. Dette er bra.

## Svar {#to}

Kontoret ligger ved torget, og det er en styrke ved dagens ordning.
"""


def test_each_question_gets_its_best_sentence(tmp_path: Path) -> None:
    assert [(each.about, each.point) for each in made_of(ANSWERED, tmp_path).points] == [
        ("en", "Utvalget mener at skolen bør bygges."),
        ("to", "Kontoret ligger ved torget, og det er en styrke ved dagens ordning."),
    ]


# The real letter, its summary and proposals taken out.


def bare_letter(folder: Path) -> Path:
    shutil.copytree(CONTENT, folder / "content")
    path = folder / "content" / "oppgavefordeling-2024" / "alna.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(BARE.sub("", text, count=1), "utf-8")
    return path


def test_the_real_letter(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    bare_letter(tmp_path)
    made = suggest(project(tmp_path), "alna", is_applied=False).suggestions
    assert made
    lines = [f"{each.number} {each.about}: {each.point[:60]}" for each in made.points]
    lines += [f"{p.number} [{p.force}] {p.move}: {p.what}" for p in made.proposals]
    said = "".join(f"{line}\n" for line in lines)
    if pytestconfig.getoption("--rewrite"):
        EXPECTED.write_text(said, encoding="utf-8")
    assert said == EXPECTED.read_text(encoding="utf-8")


def test_applied_to_the_real_letter_it_is_sound_and_settled(tmp_path: Path) -> None:
    path = bare_letter(tmp_path)
    before = path.read_text(encoding="utf-8")
    done = innspill("suggest", "alna", "--apply", cwd=tmp_path)
    assert "wrote content/oppgavefordeling-2024/alna.md" in done.stdout
    after = path.read_text(encoding="utf-8")
    head, _, body = before.partition("\n---\n")
    assert after.startswith(head)
    assert after.endswith(f"---\n{body}")
    innspill("fmt", "--check", cwd=tmp_path)
    checked = innspill("check", cwd=tmp_path)
    told = set(re.findall(r"warning\[([\w-]+)\]", checked.stderr + checked.stdout))
    assert told == {"suggested"}
    again = innspill("suggest", "alna", "--apply", cwd=tmp_path)
    assert "proposals: 0" in again.stdout
    assert path.read_text(encoding="utf-8") == after


# Into the file.

BODY = "\n## Svar {#en}\n\nSkolen bør bygges.\n\n## Svar {#to}\n\nVeien er smal.\n"
POINTS = """\
summary:
  - about: en
    point: Skolen bør bygges.
    quote: Skolen bør bygges
    suggested: true
  - about: to
    point: Veien er smal.
    quote: Veien er smal
    suggested: true
"""
PROPOSALS = """\
proposals:
  - what: Skolen bør bygges
    move: other
    force: bør
    quote: Skolen bør bygges
    suggested: true
"""
OPEN = HEAD.removesuffix("---\n")
OTHER = """\
- what: 'Vei: ny'   # så lenge
  move: other
  force: er
  quote:  Veien er smal
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (OPEN, OPEN + POINTS + PROPOSALS),
        (OPEN + "# slutt\n", OPEN + "# slutt\n" + POINTS + PROPOSALS),
        (OPEN + "summary: []\nproposals:   []\n", OPEN + POINTS + PROPOSALS),
        (
            OPEN + f"# Det vi vil\nproposals:\n{OTHER}\n# slutt\nlang:  nb\n",
            OPEN + POINTS + f"# Det vi vil\nproposals:\n{OTHER}"
            + re.sub("^  ", "", PROPOSALS.removeprefix("proposals:\n"), flags=re.MULTILINE)
            + "\n# slutt\nlang:  nb\n",
        ),
    ],
    ids=["no keys", "a comment", "empty lists", "a list without indentation"],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_rest_of_the_file_stays(
    before: str, after: str, end: str, mark: str, tmp_path: Path
) -> None:
    def whole(front: str) -> bytes:
        return (mark + front + "---\n" + BODY).replace("\n", end).encode()

    write(tmp_path, {**statement(""), "sak/eksempel.md": whole(before)})
    suggest(project(tmp_path), "eksempel", is_applied=True)
    assert (tmp_path / FILE).read_bytes() == whole(after)


def test_a_list_in_brackets_is_left_alone_and_said(tmp_path: Path) -> None:
    text = OPEN + "summary: [{about: to, point: Ja., quote: Veien er smal}]\n---\n" + BODY
    write(tmp_path, {**statement(""), "sak/eksempel.md": text})
    ran = innspill("suggest", "eksempel", "--apply", cwd=tmp_path, code=3)
    assert "can't be put in" in ran.stderr
    assert (tmp_path / FILE).read_text(encoding="utf-8") == text
    assert "about: en" in innspill("suggest", "eksempel", cwd=tmp_path).stdout


def test_a_file_with_faults_is_left_alone_and_said(tmp_path: Path) -> None:
    write(tmp_path, statement(BODY, "titel: Feil\n"))
    before = (tmp_path / FILE).read_bytes()
    ran = innspill("suggest", "eksempel", "--apply", cwd=tmp_path, code=1)
    assert "eksempel.md:5:1: error[unknown-key]" in ran.stderr
    assert ran.stdout == "left alone, since it has faults: content/sak/eksempel.md\n"
    assert (tmp_path / FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("sak/eksempel.md", HEAD + "\n\0Ja.\n", "error[encoding]"),
        ("sak/index.md", "---\ntitle: [\nquestions:\n---\n", "error[yaml-syntax]"),
    ],
)
def test_what_cannot_be_read_is_said(name: str, text: str, told: str, tmp_path: Path) -> None:
    write(tmp_path, {**statement(BODY), name: text})
    ran = innspill("suggest", "eksempel", cwd=tmp_path, code=1)
    assert told in ran.stderr
    assert "left alone" in ran.stdout
    ran = innspill("suggest", "eksempel", "--about", "Ja", cwd=tmp_path, code=3)
    assert "eksempel.md can't be read; `innspill check` tells why" in ran.stderr


def test_a_name_that_is_no_statement(tmp_path: Path) -> None:
    write(tmp_path, statement(BODY))
    ran = innspill("suggest", "annet", cwd=tmp_path, code=2)
    assert 'there is no one statement "annet"; there is: sak/eksempel' in ran.stderr


def test_what_is_printed_is_the_front_matter_to_paste(tmp_path: Path) -> None:
    write(tmp_path, statement(BODY))
    ran = innspill("suggest", "sak/eksempel", cwd=tmp_path)
    pasted = OPEN + ran.stdout + "---\n" + BODY
    assert "  # 1.1 · " not in ran.stdout
    assert "  # 1.1\n" in ran.stdout
    assert codes(tmp_path, {**statement(""), "sak/eksempel.md": pasted}) == ["suggested:11"]


def test_which_passage_carries_a_text(tmp_path: Path) -> None:
    write(tmp_path, statement(BODY))
    ran = innspill("suggest", "eksempel", "--about", "En ny skole bygges", cwd=tmp_path)
    assert re.match(r"1\.1 · \d+ % · «Skolen bør bygges»\n2\.1 · ", ran.stdout)
    ran = innspill("suggest", "eksempel", "--about", "Ja", "--apply", cwd=tmp_path, code=2)
    assert "leave out --apply" in ran.stderr


@pytest.mark.parametrize("kind", ["points", "proposals"])
def test_each_passage_of_the_real_letter_is_among_the_first(kind: str) -> None:
    """As the docstring of `sounds_like` counts them."""
    text = composed_letter(REAL).statement
    points = [(each.text, each.quotes) for each in text.summary]
    asked = points if kind == "points" else [(each.what, each.quotes) for each in text.proposals]
    first = 0
    for words, quotes in asked:
        best, *_ = ranked(text, words)
        assert best.likeness == sounds_like(words, best.text)
        first += any(best.number == quote.passages[0].unit.number for quote in quotes)
    assert first >= {"points": 16, "proposals": 43}[kind]


# What is suggested is given to no reader.


def test_no_reader_is_given_a_suggestion(tmp_path: Path) -> None:
    marked = statement(BODY, POINTS + PROPOSALS.replace("what: Skolen", "what: Forslaget"))
    folder = write(tmp_path, marked)
    built = build_quietly(project(folder), with_pdf=False)
    assert [each.code for each in built.checked.diagnostics if each.code == "suggested"]
    texts = {
        path: path.read_text(encoding="utf-8")
        for path in (folder / "build").rglob("*")
        if path.suffix in {".html", ".json", ".csv", ".js", ".xml"}
    }
    assert len(texts) > 5
    assert not [path for path, text in texts.items() if "Forslaget bør bygges" in text]
    files = {**marked, "sak/eksempel.md": marked["sak/eksempel.md"].replace("suggested: true", "")}
    plain = {name: re.sub(r"\n *\n(?= )", "\n", text) for name, text in files.items()}
    build_quietly(project(write(tmp_path, plain)), with_pdf=False)
    page = folder / "build" / "sak" / "eksempel" / "index.html"
    assert "Forslaget bør bygges" in page.read_text(encoding="utf-8")


PIECES = st.sampled_from(
    [
        *("Utvalget", "vi", "byrådet", "loven", "skolen", "bydelene", "ansvaret", "etaten"),
        *("bør", "må", "kan", "skal", "vurderes", "ikke", "ber om", "at", "foreslår", "støtter"),
        *("krever:", "overføres", "til", "og", "men", ",", ".", "?", ". ", "!", "\n", "\n\n- "),
        *("Det", "er viktig", "går", "inn for", "mener", "hvis", "«", "»", "# ", ": ", " - ", "'"),
        *('"', "&amp;", "*", "\u00ad", "\u00a0", "\x07", "😀", "É", "[a](b.md)", "`kode`", "2,4"),
        *("18.", "\n\n## Svar {#en}\n\n", "\n\n::: mindretall {by=A}\n", "\n:::\n", "|", "1. "),
    ]
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=80))
def test_whatever_the_body_says_what_is_suggested_is_sound(tmp_path: Path, body: str) -> None:
    """As it is written, and as it is once a person has taken the marks away."""
    files = statement(f"\n{body}\n")
    folder = tmp_path
    before = codes(folder, files)
    alone = compose_single(read(folder / "content", "content"), "sak/eksempel.md")
    if alone is None or has_errors(alone.source.faults):
        return
    source = alone.source
    assert isinstance(source.front, StatementFront)
    made = suggestions_for(alone.statement, source.front)
    if not made.points and not made.proposals:
        return
    data = with_suggestions(source, made)
    told = [each.split(":")[0] for each in before]
    for text_now in (data, data.replace(b"    suggested: true\n", b"")):
        found = codes(folder, {**files, "sak/eksempel.md": text_now})
        new = {each.split(":")[0] for each in found} - set(told)
        assert new <= {"suggested"}
    printed = as_front_matter(made, str)
    assert printed.count("    suggested: true\n") == len(made.points) + len(made.proposals)

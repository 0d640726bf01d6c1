"""Single records of the UN Digital Library: MARCXML, and the JSON lines that were scraped."""

from __future__ import annotations

import json

import pytest

from kg.errors import SourceError
from kg.rdf import iris
from kg.sources import merge
from kg.sources.intake.layout import Head
from kg.sources.read import read_files
from kg.sources.readers import undl_marc, undl_scraped
from tests.cases import each
from tests.sources.reading import bundled_facts, bundled_names, kinds, read_parts

FACTS = bundled_facts()
NAMES = bundled_names()
(MARC,) = undl_marc.LAYOUTS
(SCRAPED,) = undl_scraped.LAYOUTS


def read(layout, tmp_path, text, name="records"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    intake, (count,) = read_parts(layout, [path])
    assert count
    return intake


def field(tag, prefix="", **subfields):
    inner = "".join(
        f'<{prefix}subfield code="{code}">{value}</{prefix}subfield>'
        for code, value in subfields.items()
        if value is not None
    )
    return f'<{prefix}datafield tag="{tag}" ind1=" " ind2=" ">{inner}</{prefix}datafield>\n'


def vote(code="NOR", name="NORWAY", d="Y", prefix=""):
    return field("967", prefix, a="1", c=code, d=d, e=name)


def record(*votes, prefix="", number="901", totals=True, **other):
    said = {
        "245": field(
            "245", prefix, a="A question :", b="resolution /", c="adopted by the General Assembly"
        ),
        "269": field("269", prefix, a="1979-03-05"),
        "650": field("650", prefix, a="A SUBJECT OF ITS OWN"),
        "791": field("791", prefix, a="A/RES/34/801A", c="34"),
        "952": field("952", prefix, a="A/34/PV.901"),
        "991": field("991", prefix, a="A/34/251", c="An item.", d="ONE--THING"),
        "993": field("993", prefix, a="A/34/L.901") + field("993", prefix, a="A/34/999"),
        "996": field("996", prefix, b="1", c="0", d="0", e="1", f="2") if totals else "",
    } | {tag[1:]: text for tag, text in other.items()}
    inner = "".join((*said.values(), *votes))
    control = f'<{prefix}controlfield tag="001">{number}</{prefix}controlfield>\n' if number else ""
    return f"<{prefix}record>\n{control}{inner}</{prefix}record>\n"


def collection(*records, prefix="", space=' xmlns="http://www.loc.gov/MARC21/slim"'):
    return (
        f'<?xml version="1.0"?>\n<{prefix}collection{space}>{"".join(records)}</{prefix}collection>'
    )


def marc(tmp_path, *records):
    return read(MARC, tmp_path, collection(*records))


def test_the_root_or_the_fields_tell_the_layout():
    assert MARC.recognises(Head("xml", ("collection",)))
    assert MARC.recognises(Head("xml", ("record",)))
    assert not MARC.recognises(Head("xml", ("html",)))
    assert SCRAPED.recognises(Head("json", ("id_record", "resolution_symbol", "vote")))
    assert not SCRAPED.recognises(Head("csv", ("id_record", "resolution_symbol", "vote")))


def test_each_documented_field_of_a_record_is_read(tmp_path):
    intake = marc(tmp_path, record(vote(), vote("TCD", "CHAD", None)))
    (account,) = intake.accounts
    assert account.ballots == {"NOR": 1, "TCD": 8}
    assert account.printed == {"yes": 1, "no": 0, "abstain": 0, "nonvoting": 1}
    assert account.member_count == 2
    assert (account.key, account.number, account.meeting) == ("34_801A", "901", "A/34/PV.901")
    text = account.text
    assert (text.title, text.session, str(text.date)) == ("A question", "34", "1979-03-05")
    assert (text.drafts, text.reports) == (("A/34/L.901",), ("A/34/999",))
    assert (text.agenda, text.subjects) == (("An item.",), ("ONE--THING",))
    assert text.url == "https://digitallibrary.un.org/record/901"
    assert account.line > 1
    assert kinds(intake) == {}


@each(
    ("prefix", "space"),
    [
        ("", ""),
        ("", ' xmlns="http://www.loc.gov/MARC21/slim"'),
        ("marc:", ' xmlns:marc="http://www.loc.gov/MARC21/slim"'),
    ],
)
def test_the_namespace_may_be_prefixed_plain_or_absent(prefix, space, tmp_path):
    inner = record(vote(prefix=prefix), prefix=prefix)
    intake = read(MARC, tmp_path, collection(inner, prefix=prefix, space=space))
    assert intake.accounts[0].ballots == {"NOR": 1}


def test_a_single_record_may_be_the_root(tmp_path):
    assert read(MARC, tmp_path, record(vote())).accounts[0].ballots == {"NOR": 1}


@each("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_the_encoding_that_the_xml_declares_is_read(encoding, tmp_path):
    text = collection(record(vote("CIV", "CÔTE D'IVOIRE"))).replace(
        '"1.0"', f'"1.0" encoding="{encoding}"'
    )
    assert read(MARC, tmp_path, text.encode(encoding)).accounts[0].ballots == {"CIV": 1}


def test_a_record_without_votes_is_a_text_and_one_with_totals_alone_a_roll_call(tmp_path):
    intake = marc(tmp_path, record(totals=False), record(number="902"))
    ((source, text),) = intake.texts
    assert (source, text.key, text.modality) == ("undl-marcxml", "A_RES_34_801A", "unrecorded")
    (account,) = intake.accounts
    assert (account.number, account.ballots, account.member_count) == ("902", {}, 2)
    assert account.printed == {"yes": 1, "no": 0, "abstain": 0, "nonvoting": 1}


def test_a_record_that_is_no_voting_record_is_told(tmp_path):
    empty = record(totals=False, _245="", _791="", number="903")
    intake = marc(tmp_path, empty, "<record></record>", record(vote()))
    assert kinds(intake) == {"record not read": 2}
    assert len(intake.accounts) == 1


def test_votes_that_are_odd_are_told(tmp_path):
    votes = (
        vote(d="y"),
        vote("TCD", "CHAD", "AN"),
        vote("BRA", "BRAZIL", "Y"),
        vote("BRA", "BRAZIL", "N"),
        vote("ATL", "ATLANTIS"),
        vote("IND", None),
    )
    intake = marc(tmp_path, record(*votes))
    assert intake.accounts[0].ballots == {"NOR": 1, "TCD": 0, "BRA": 0, "IND": 1}
    assert kinds(intake) == {
        "vote spelled otherwise": 1,
        "unknown vote": 1,
        "two votes": 1,
        "unknown state": 1,
    }
    lines = collection(record(*votes)).splitlines()
    for problem in intake.problems:
        assert 'tag="967"' in lines[problem.line - 1]


def test_a_record_without_a_day_or_a_number_is_told_or_named_by_its_line(tmp_path):
    intake = marc(
        tmp_path, record(vote(), _269=""), record(vote(), number="", _791=field("791", a="?"))
    )
    assert kinds(intake) == {"no date": 1, "vote left out": 1, "no symbol": 1}
    (account,) = intake.accounts
    assert account.number.startswith("line-")
    assert iris.thing("rollcall", account.key)


LAUGHS = '<!DOCTYPE lolz [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("<!DOCTYPE collection>" + collection()[21:], "declares a DOCTYPE"),
        (f"{LAUGHS}]><collection><record>&j;</record></collection>", "declares a DOCTYPE"),
        (f'{LAUGHS}]><collection title="&j;"><record/></collection>', "declares a DOCTYPE"),
        (
            '<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]><collection>&x;</collection>',
            "declares a DOCTYPE",
        ),
        (collection(record(vote()))[:-20], "not well-formed XML"),
        (collection(record(vote())).replace("</record>", ""), "mismatched tag"),
        (collection(record(vote("NOR", "&norway;"))), "undefined entity"),
        (collection(record(vote("NOR", "\x01"))), "not well-formed"),
        (collection(record(vote("NOR", "&#xD800;"))), "not well-formed"),
        (collection() * 2, "not well-formed"),
        (collection(record(vote("NOR", "N" * (1 << 21)))), "longer than 1 MiB"),
        (collection(), "holds no MARC record"),
        (collection("<other/>"), "holds no MARC record"),
        (collection(record(record())), "a record stands where none can"),
        (collection(field("967", c="NOR")), "a datafield stands where none can"),
        (b"\xff\xfe\x00", "not well-formed"),
    ],
    ids=[
        *("doctype", "laughs", "laughs in an attribute", "external entity", "cut", "tags", "entity"),
        *("control", "surrogate", "two roots", "long", "empty", "no record", "record in record"),
        *("field alone", "bytes"),
    ],
)  # fmt: skip
def test_xml_that_is_none_or_no_marc_is_refused(text, problem, tmp_path):
    with pytest.raises(SourceError, match=problem) as raised:
        read(MARC, tmp_path, text)
    assert "records" in str(raised.value)
    assert "\n" not in str(raised.value)


@each(
    ("text", "problem"),
    [
        ("<html><body>Not found</body></html>", "begins with 'html'"),
        ("<p>Not <b>found</p>", "is not well-formed XML"),
        (f'{LAUGHS}]><collection title="&j;"><record/></collection>', "XML"),
        ("<", "begins with|XML"),
    ],
)
def test_xml_of_another_kind_is_of_no_known_layout(text, problem, tmp_path):
    (tmp_path / "page.xml").write_text(text)
    with pytest.raises(SourceError, match=problem):
        read_files([tmp_path / "page.xml"], NAMES)


def test_xml_may_be_deep(tmp_path):
    deep = "<a>" * 50_000 + "</a>" * 50_000
    assert read(MARC, tmp_path, collection(record(vote(), deep))).accounts[0].ballots == {"NOR": 1}


SAID = {
    "id_record": ["901"],
    "resolution_symbol": ["A/RES/34/801A"],
    "title": ["A question : resolution / adopted by the General Assembly"],
    "vote_date": ["1979-03-05"],
    "meeting_record": ["A/34/PV.901"],
    "committee_report": ["N/A"],
    "agenda": ["An item.", "Another."],
    "vote": ["Y NORWAY", " N CHAD"],
}


def scraped(tmp_path, *records):
    return read(SCRAPED, tmp_path, "\n".join(json.dumps(SAID | told) for told in records))


def test_each_field_of_a_scraped_record_is_read(tmp_path):
    intake = scraped(tmp_path, {})
    (account,) = intake.accounts
    assert account.ballots == {"NOR": 1, "TCD": 3}
    assert (account.key, account.number, account.meeting) == ("34_801A", "901", "A/34/PV.901")
    assert (account.text.title, account.text.session) == ("A question", "34")
    assert (account.text.agenda, account.text.reports) == (("An item.", "Another."), ())
    assert (account.printed, account.complete, account.line) == ({}, True, 1)
    assert kinds(intake) == {}


@each(
    ("printed", "ballots", "told"),
    [
        ("Y NORWAY", {"NOR": 1}, {}),
        (" A COTE D'IVOIRE", {"CIV": 2}, {}),
        (" NORWAY", {"NOR": 8}, {}),
        ("  COTE D'IVOIRE", {"CIV": 8}, {}),
        ("X VIET NAM", {"VNM": 8}, {}),
        ("y NORWAY", {"NOR": 1}, {"vote spelled otherwise": 1}),
        ("AN NORWAY", {"NOR": 0}, {"unknown vote": 1}),
        ("Y ATLANTIS", {}, {"unknown state": 1}),
        ("NEW NORWAY", {}, {"unknown state": 1}),
        ("SOUTH SUDAN", {}, {"unknown state": 1}),
        ("Y", {}, {"unknown state": 1}),
        ("N/A", {}, {"unknown state": 1}),
    ],
)
def test_a_printed_vote_is_an_option_and_a_name_or_a_name_alone(printed, ballots, told, tmp_path):
    intake = scraped(tmp_path, {"vote": ["N CHAD", printed]})
    assert intake.accounts[0].ballots == {"TCD": 3, **ballots}
    assert kinds(intake) == told


@each("votes", [["N/A"], [], None, [""], "N/A"])
def test_a_record_without_votes_is_a_text_whose_adoption_is_not_recorded(votes, tmp_path):
    intake = scraped(tmp_path, {"vote": votes})
    assert intake.accounts == []
    ((source, text),) = intake.texts
    assert (source, text.key, text.modality) == ("undl-scraped", "A_RES_34_801A", "unrecorded")
    assert text.url == "https://digitallibrary.un.org/record/901"
    assert kinds(intake) == {}


def test_what_a_record_lacks_is_told(tmp_path):
    odd = {"resolution_symbol": ["N/A"], "id_record": ["9 0/1>"]}
    intake = scraped(
        tmp_path,
        odd,
        odd | {"vote": ["N/A"]},
        {"vote_date": []},
        {"vote_date": ["?"], "vote": ["N/A"]},
    )
    assert kinds(intake) == {"no symbol": 2, "no date": 2, "vote left out": 2}
    texts = [text for _, text in intake.texts] + [account.text for account in intake.accounts]
    assert len(texts) == 3
    for text in texts:
        assert iris.thing("document", text.key)
        assert " " not in text.url


def test_a_field_that_is_not_known_is_told_and_numbers_may_be_bare(tmp_path):
    intake = scraped(tmp_path, {"id_record": 901, "mood": ["x"]})
    assert intake.accounts[0].number == "901"
    assert kinds(intake) == {"field not read": 1}


def test_a_record_that_stands_twice_is_one_roll_call(tmp_path):
    intake = scraped(tmp_path, {}, {"id_record": ["902"]}, {}, {"vote": ["N NORWAY"]})
    merged = merge.merge(FACTS, intake)
    assert [a.key for a in merged.record] == ["34_801A", "34_801A-902", "34_801A-901"]
    assert kinds(intake) == {"record twice": 1, "two roll calls of one symbol": 2}


GOOD = json.dumps(SAID)


@each(
    ("line", "problem"),
    [
        ("{broken", r":2: not JSON"),
        (GOOD[:-3], r":2: not JSON"),
        (GOOD + GOOD, r":2: not JSON: Extra data"),
        ("[1, 2]", r":2: is no JSON record"),
        ("null", r":2: is no JSON record"),
        ('"text"', r":2: is no JSON record"),
        ("[" * 100_000, r":2: not JSON"),
        ('{"vote": ' * 100_000, r":2: not JSON"),
        ('{"vote": ' + "[" * 500 + "]" * 500 + "}", r":2: vote is no list of texts"),
        ('{"id_record": ' + "9" * 5_000 + "}", r":2: not JSON"),
        ('{"vote": [{"a": 1}]}', r":2: vote is no list of texts"),
        ('{"vote": {"a": 1}}', r":2: vote is no list of texts"),
        ('{"vote_date": [1.5]}', r":2: vote_date is no list of texts"),
        ('{"title": [null]}', r":2: title is no list of texts"),
        (r'{"title": ["\ud800"]}', r":2: title holds half a character"),
        ('{"title": [NaN]}', r":2: title is no list of texts"),
    ],
)
def test_a_line_that_is_no_record_is_named(line, problem, tmp_path):
    with pytest.raises(SourceError, match=problem) as raised:
        read(SCRAPED, tmp_path, f"{GOOD}\n{line}\n")
    assert "\n" not in str(raised.value)


def test_a_huge_number_is_a_number_like_any_other(tmp_path):
    intake = scraped(tmp_path, {"id_record": 10**4_000, "resolution_symbol": ["?"]})
    assert len(intake.accounts[0].key) < 100


def test_a_name_of_two_characters_in_escapes_is_read(tmp_path):
    text = json.dumps(SAID | {"title": ["Peace \U0001f54a"], "vote": ["Y T\u00dcRK\u0130YE"]})
    assert "\\ud83d" in text
    intake = read(SCRAPED, tmp_path, text.replace("1979", "2022"))
    assert intake.accounts[0].ballots == {"TUR": 1}


def test_the_shared_records_and_the_bulk_files_agree_on_every_vote_they_share(shared):
    undl = shared / "undl"
    scraped_votes = read_files([undl / "undl_records_scraped.jsonl.gz"], NAMES)
    bulk = read_files(
        [undl / f"{organ}_votes_undl2026_reconstructed.csv.gz" for organ in ("ga", "sc")], NAMES
    )
    ours, theirs = ({a.number: a for a in i.accounts} for i in (scraped_votes, bulk))
    assert ours.keys() == theirs.keys()
    assert sum(len(account.ballots) for account in ours.values()) == 958_459
    for number, account in ours.items():
        assert account.ballots == theirs[number].ballots
        assert (account.key, account.date) == (theirs[number].key, theirs[number].date)
        assert (account.organ, account.result) == (theirs[number].organ, theirs[number].result)
    assert len(scraped_votes.texts) == 1_661
    assert scraped_votes.problem_kinds() == {
        "vote spelled otherwise": 48,
        "no date": 1,
        "no symbol": 1,
        "unknown vote": 1,
    }
    assert bulk.problem_kinds() == {"unknown vote": 1}

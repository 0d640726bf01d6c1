"""Files of every layout, mangled: they are refused in one line, or each of their rows is accounted for."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import time
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.rdf import iris
from kg.sources import merge
from kg.sources.intake.cells import spelled
from kg.sources.read import read_files
from kg.sources.readers import LAYOUTS
from kg.sources.readers.shared import undl
from tests.headers import GA, SC, VETOES
from tests.sources.reading import bundled_facts, bundled_names

FACTS = bundled_facts()
NAMES = bundled_names()
WHO = (("NOR", "NORWAY", "Y"), ("CIV", "CÔTE D'IVOIRE", "N"), ("KOR", '"KOREA, REPUBLIC OF"', "A"))
OWED = "defense,offense,neutral,nonagg,consul"


def ga():
    return "\n".join(
        f"{number},{code},{name},{vote},{day},34,A/RES/34/{number}A,A/34/L.9,A/34/9,A/34/PV.9,"
        f'"On this, ""{number}"" and\nthat",Item,ONE|TWO,,1,1,1,0,3,https://example.org/{number}'
        for number, day in ((901, "1992-03-05"), (902, "1993-03-05"))
        for code, name, vote in WHO
    )


def sc():
    return "\n".join(
        f"{number},{code},{name},False,{vote},1992-03-05,S/RES/{number}(1992),S/1992/9,S/PV.9,About,Item,"
        f"ONE,,1,1,1,0,3,vote,https://example.org/{number}"
        for number in (901, 902)
        for code, name, vote in WHO
    )


def marc():
    def field(tag, **told):
        inner = "".join(f'<subfield code="{c}">{v}</subfield>' for c, v in told.items())
        return f'<datafield tag="{tag}">{inner}</datafield>\n'

    def record(number):
        votes = "".join(field("967", c=code, d=vote, e=name.strip('"')) for code, name, vote in WHO)
        return (
            f'<record><controlfield tag="001">{number}</controlfield>\n{field("245", a="About")}'
            f"{field('269', a='1992-03-05')}{field('791', a=f'A/RES/34/{number}')}"
            f"{field('996', b='1', c='1', d='1', e='0', f='3')}{votes}</record>"
        )

    return f'<collection xmlns="http://www.loc.gov/MARC21/slim">{record(901)}{record(902)}</collection>'


def scraped():
    told = {
        "id_record": ["901"], "resolution_symbol": ["A/RES/34/901"], "title": ["About"],
        "vote_date": ["1992-03-05"], "meeting_record": ["A/34/PV.9"], "committee_report": ["N/A"],
        "agenda": ["Item"], "vote": ["Y NORWAY", " N CÔTE D'IVOIRE", "  CHAD"],
    }  # fmt: skip
    other = told | {"id_record": ["902"], "resolution_symbol": ["A/RES/34/902"]}
    return "\n".join(
        json.dumps(r, ensure_ascii=False) for r in (told, other, told | {"vote": ["N/A"]})
    )


TIDY = {
    "rolls.csv": "rcid,session,importantvote,date,unres,amend,para,short,descr\n"
    "1,50,0,1995-11-01,R/50/901,0,0,A,B\n2,50,0,1995-11-01,R/50/902,0,1,A,B\n",
    "votes.csv": "rcid,country,country_code,vote\n1,Norway,NO,yes\n1,Namibia,NA,no\n2,Norway,NO,abstain\n",
    "issues.csv": "rcid,short_name,issue\n1,hr,Human rights\n2,me,Palestinian conflict\n",
}
FILES = {
    "ga.csv": f"{GA}\n{ga()}\n",
    "sc.csv": f"{SC}\n{sc()}\n",
    "records.xml": marc(),
    "records.jsonl": scraped(),
    "vetoes.csv": f"{VETOES}\n1990,2/3/1990,2,S/901,S/PV.9,A question,T,R,USA,,,1,0,0,0,0,0,1,0,0,0,0,0,0\n"
    "2015,7/8/2015,7,S/2015/901,S/PV.19,A question,T,R,Russia,China,,0,1,1,0,1,0,0,0,1,0,0,0,0\n",
    **TIDY,
    "raw.csv": "rcid,session,date,unres,ccode,member,vote\n9,60,2005-12-08,R/60/901,385,1,1\n"
    "9,60,2005-12-08,R/60/901,483,1,8\n9,60,2005-12-08,R/60/901,817,0,9\n",
    "atop-member.csv": f"atopid,member,yrent,moent,dayent,yrexit,moexit,dayexit,ineffect,phase,{OWED},"
    "version\n"
    "7,385,1960,2,3,1970,5,6,0,0,1,0,0,1,1,9\n7,390,1960,2,3,0,0,0,1,0,1,0,0,1,1,9\n",
    "atop-alliance.csv": f"atopid,begyr,begmo,begday,endyr,endmo,endday,ineffect,{OWED},"
    "mem1,mem2,mem3,version\n"
    "7,1960,2,3,1970,5,6,0,1,0,0,1,1,385,390,,9\n8,1990,2,3,0,0,0,1,0,0,0,1,1,385,380,390,9\n",
    "atop-phase.csv": f"atopid,atopidphase,begyr,begmo,begday,endyr,endmo,endday,ineffect,phase,maxphase,"
    f"{OWED},mem1,mem2,version\n"
    "7,7.1,1960,2,3,1970,5,6,0,1,2,1,0,0,1,1,385,390,9\n7,7.2,1970,5,6,0,0,0,1,2,2,0,0,0,1,1,385,380,9\n",
    "atop-dyad.csv": "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul\n"
    "385,390,1960,1,0,0,1,0\n390,385,1960,1,0,0,1,0\n385,390,1961,1,0,0,1,0\n",
    "cow-member.csv": "version4id,ccode,state_name,all_st_day,all_st_month,all_st_year,all_end_day,"
    "all_end_month,all_end_year,ss_type,mem_st_day,mem_st_month,mem_st_year,mem_end_day,mem_end_month,"
    "mem_end_year,left_censor,right_censor,defense,neutrality,nonaggression,entente,version\n"
    "7,385,Norway,3,2,1960,6,5,1970,Type I: Defense Pact,3,2,1960,6,5,1970,0,0,1,0,0,1,4.1\n"
    "7,390,Denmark,3,2,1960,6,5,1970,Type I: Defense Pact,3,2,1960,6,5,1970,0,0,1,0,0,1,4.1\n",
    "cow-dyad.csv": "version4id,ccode1,state_name1,ccode2,state_name2,dyad_st_day,dyad_st_month,dyad_st_year,"
    "dyad_end_day,dyad_end_month,dyad_end_year,left_censor,right_censor,defense,neutrality,nonaggression,"
    "entente,asymmetric,version\n7,385,Norway,390,Denmark,3,2,1960,6,5,1970,0,0,1,0,0,1,0,4.1\n"
    "8,385,Norway,380,Sweden,3,2,1990,,,,0,1,0,0,1,0,1,4.1\n",
    "cow-states.csv": "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n"
    "NOR,385,Norway,1905,6,7,1940,4,30,2016\nNOR,385,Norway,1945,5,7,2016,12,31,2016\n",
    "leaders.csv": "iso3,country,role,person,person_qid,start,end,party,end_cause\n"
    "NOR,Noruega,head_of_government,Ana Um,Q101,1990-02-03T00:00:00Z,1995-02-03T00:00:00Z,P,\n"
    "NOR,Noruega,head_of_state,Bo Dois,Q102,1995-02-03T00:00:00Z,,P,\n",
    "record-ga.csv": "rollcall,number,organ,date,session,symbol,title,draft,report,meeting,agenda,subjects,"
    "totals,members,note,answers\nseats,,,1992,,,,,,,,,,,,CIV KOR NOR\n"
    '34_905,905,UNGA,1992-03-05,34,A/RES/34/905,"On ""peace"", again",A/34/L.9,A/34/9,A/34/PV.9,Item,ONE|TWO,'
    "1-1-1-0,3,,NAY\n34_906,906,UNGA,1992-03-06,34,A/RES/34/906,About,,,,,,,,,-?X\n",
    "record-vetoes.csv": "draft,date,symbol,kind,agenda,meeting,vetoed_by,note\n"
    "S_905,1990-02-03,S/905,draft-resolution,A question,S/PV.95,USA GBR,\n",
    "record-voeten.csv": "rollcall,rcid,date,session,question,symbol,title,issues,note,answers\n"
    "seats,,1995,,,,,,,CIV NOR\nrcid-77,77,1995-11,50,paragraph,,About,hr me,unres R/50/905,YN\n",
    "own.csv": "what,when,who,did\nA/RES/90/1,2022-03-05,NORWAY,Y\nA/RES/90/1,2022-03-05,CHAD,N\n"
    "A/RES/90/2,2022-03-06,CHAD,N\n",
}  # fmt: skip
MAPPING = (
    '[columns]\nresolution = "what"\ndate = "when"\nstate = "who"\nvote = "did"\n'
    '[votes]\nyes = "Y"\nno = "N"\n'
)
BYTES = st.sampled_from(
    [
        *(b",", b'"', b'""', b"\n", b"\r", b"\r\n", b"\0", b"\xff", b"\xc3", b"\xef\xbb\xbf", b"<", b"&"),
        *(b"&#0;", b"]]>", b"<!--", b"{", b"[", b"}", b"\\", b"\\ud800", b"0", b"9" * 30, b"-", b" ", b"N/A"),
        *("²".encode(), "٣".encode(), b"e5", b"x" * 300, b"NA", b"NaN", b"null", b"<record>", b"X"),
    ]
) | st.binary(max_size=4)  # fmt: skip


@st.composite
def mangled(draw, text):
    """The bytes of a file after one to three mishaps."""
    data = text.encode()
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        end = min(len(data), at + draw(st.integers(1, 40)))
        lines = data.split(b"\n")
        which, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        match draw(st.integers(0, 10)):
            case 0:
                data = data[:at] + bytes([data[at] ^ 1 << draw(st.integers(0, 7))]) + data[at + 1 :]
            case 1:
                data = data[:at] + data[end:]
            case 2:
                data = data[:end] + data[at:]
            case 3 | 4:
                data = data[:at] + draw(BYTES) + data[at:]
            case 5:
                data = b"\n".join([*lines[:which], lines[other], *lines[which:]])
            case 6:
                data = b"\n".join([*lines[:which], *lines[which + 1 :]])
            case 7:
                data = b"\n".join([*lines[:which], draw(BYTES), *lines[which:]])
            case 8:
                data = swapped(data, which, other)
            case 9:
                data = data[:at]
            case _:
                codec = draw(st.sampled_from(["utf-16", "latin-1", "utf-8-sig", "cp1252", "cp037"]))
                data = data.decode(errors="replace").encode(codec, errors="replace")
        if not data:
            break
    return (
        gzip.compress(data, 1)[: draw(st.integers(9, 999))]
        if draw(st.integers(0, 9)) == 0
        else data
    )


def swapped(data, one, other):
    """Two columns exchanged, in the header alone or in all rows, where the bytes are a CSV."""
    try:
        rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
    except (csv.Error, UnicodeDecodeError):
        return data
    width = len(rows[0]) if rows else 0
    if not width:
        return data
    for row in rows[: 1 if one % 2 else None]:
        if len(row) == width:
            row[one % width], row[other % width] = row[other % width], row[one % width]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def counted(data):
    """Rows of a table, or votes of records, as plain readers of the standard library find them."""
    text = data.decode("utf-8-sig") if not data.startswith(b"<?xml") else ""
    if text.lstrip().startswith("<"):
        records = [e for e in ElementTree.fromstring(data).iter() if e.tag.endswith("record")]
        return sum(f.get("tag") == "967" for record in records for f in record)
    if text.lstrip().startswith("{"):
        votes = [json.loads(line).get("vote") or [] for line in text.split("\n") if line.strip()]
        listed = [vote if isinstance(vote, list) else [vote] for vote in votes]
        return sum(len(vote) for vote in listed if undl.kept(tuple(map(str, vote))))
    text = re.sub(r"\A\s*\n", "", text)
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]
    header = [spelled(column) for column in rows[0]]
    if "rcid" in header and "vote" in header:
        return sum(row[header.index("vote")] != "9" for row in rows[1:])
    return len(rows) - 1


def companions(name):
    return [other for other in TIDY if other != name] if name in TIDY else []


@pytest.mark.parametrize("name", FILES)
def test_a_mangled_file_is_refused_or_accounted_for(name, tmp_path_factory):
    folder = tmp_path_factory.mktemp("mangled")
    (folder / "own.toml").write_text(MAPPING)
    for other in companions(name):
        (folder / other).write_text(TIDY[other])
    paths = [folder / name, *(folder / other for other in companions(name))]
    mappings = [folder / "own.toml"] if name == "own.csv" else []
    told, refusals = [], []

    def once(data):
        (folder / name).write_bytes(data)
        start = time.process_time()
        try:
            intake = read_files(paths, NAMES, mappings)
        except KgError as error:
            refusals.append(str(error))
            return
        finally:
            assert time.process_time() - start < 30  # it takes milliseconds
        told.append(intake)
        hold(intake, name, data)

    @given(data=mangled(FILES[name]))
    @settings(derandomize=True, deadline=None, max_examples=250, database=None)
    def many(data):
        once(data)

    once(FILES[name].encode())
    assert (len(told), refusals) == (1, [])
    many()
    assert len(told) > 10
    assert len(refusals) > 10
    assert all("\n" not in text and str(folder) in text for text in refusals)


def hold(intake, name, data):
    """Nothing is lost without a word, and all that was read can stand in a graph."""
    (entry,) = [told for told in intake.files if told.file == name]
    if data.startswith(b"\x1f\x8b"):
        data = gzip.decompress(data)
    due = counted(data)
    kept = sum(len(a.ballots) for a in intake.accounts if a.path == name)
    if entry.source.startswith(("undl", "own")) or name in ("votes.csv", "raw.csv"):
        assert kept + intake.problem_count(name) >= due
    else:
        assert entry.row_count == due
    merged = merge.merge(FACTS, intake)
    for account in (*merged.record, *merged.beside):
        assert iris.thing("rollcall", account.key)
        assert iris.thing("document", account.text.key)
        account.text.title.encode()
    assert all(iris.thing("document", text.key) for _, text in merged.texts)


def test_every_layout_is_among_the_mangled(tmp_path):
    (tmp_path / "own.toml").write_text(MAPPING)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    intake = read_files([tmp_path / name for name in FILES], NAMES, [tmp_path / "own.toml"])
    read = {told.source for told in intake.files}
    assert read == {layout.key for layout in LAYOUTS} | {"own"}
    assert len(FILES) == len(LAYOUTS) + 2  # the raw table and the mapped one

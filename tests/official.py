"""Small files of the published forms, with invented rows, for whatever needs a graph of official files."""

from __future__ import annotations

from pathlib import Path

from tests.headers import GA, SC, VETOES

NAMES = {
    "SUN": "USSR", "USA": "UNITED STATES", "BLR": "BYELORUSSIAN SSR", "POL": "POLAND", "FRA": "FRANCE",
    "RUS": "RUSSIAN FEDERATION", "GBR": "UNITED KINGDOM", "CHN": "CHINA", "IND": "INDIA",
    "CIV": "COTE D'IVOIRE", "BHS": "BAHAMAS", "BEL": "BELGIUM",
}  # fmt: skip
ROLLS = (
    ("1", "1979-12-14", "34", "A/RES/34/83A", "A/34/L.5/Rev.1", {"SUN": "Y", "USA": "N", "BLR": "Y",
     "POL": "Y", "FRA": "A", "GBR": "N", "IND": "Y", "CHN": "Y", "BHS": "X", "BEL": "A"}),
    ("2", "1980-01-14", "ES-6", "A/RES/ES-6/2", "", {"SUN": "N", "USA": "Y", "BLR": "N", "POL": "N",
     "FRA": "Y", "GBR": "Y", "IND": "A", "CHN": "Y", "BHS": "Y", "BEL": "Y"}),
    ("3", "1995-11-20", "50", "A/RES/50/8", "A/50/L.9", {"RUS": "A", "USA": "Y", "POL": "Y", "FRA": "Y",
     "GBR": "Y", "IND": "N", "CHN": "N", "BHS": "Y", "BEL": "Y"}),
    ("4", "2025-10-29", "80", "A/DEC/80/506", "", {"RUS": "N", "USA": "N", "POL": "Y", "FRA": "Y",
     "GBR": "A", "IND": "Y", "CHN": "Y", "BHS": "Y", "BEL": "Y"}),
    ("5", "1996-02-01", "50", "no symbol", "", {"RUS": "Y", "USA": "Y", "FRA": "Y", "GBR": "N"}),
)  # fmt: skip
"""Number, day, session, symbol, draft and votes of some roll calls that never were."""


def ga(rolls=ROLLS, header=GA):
    """The bulk file of the Assembly, with the columns of a header."""
    lines = [header]
    for number, day, session, symbol, draft, votes in rolls:
        cast = list(votes.values())
        row = {
            "undl_id": number, "date": day, "session": session, "resolution": symbol, "draft": draft,
            "committee_report": "A/50/100", "meeting": f"A/{session}/PV.1",
            "title": f'"Question, the ""{number}"" : resolution / adopted by the General Assembly"',
            "agenda_title": f"Item {number}", "subjects": "PEACE|DISARMAMENT", "vote_note": "",
            "total_yes": cast.count("Y"), "total_no": cast.count("N"),
            "total_abstentions": cast.count("A"), "total_non_voting": cast.count("X"),
            "total_ms": len(cast), "undl_link": f"https://digitallibrary.un.org/record/{number}",
        }  # fmt: skip
        for code, vote in votes.items():
            row |= {"ms_code": code, "ms_name": NAMES[code], "ms_vote": vote}
            lines.append(",".join(str(row[name]) for name in header.split(",")))
    return "\n".join([*lines, ""])


def many(count):
    """Roll calls by the thousand, for a graph that is large enough to be loaded in parts."""
    codes = ("USA", "RUS", "GBR", "FRA", "CHN", "IND", "POL", "BEL")
    return [
        (str(n), "1995-11-20", "50", f"A/RES/50/{n}", "", {c: "YNA"[n * i % 3] for i, c in enumerate(codes)})
        for n in range(1, count + 1)
    ]  # fmt: skip


def sc():
    """The bulk file of the Council."""
    lines = [SC]
    for code, vote in {
        "USA": "Y",
        "GBR": "Y",
        "FRA": "Y",
        "CHN": "A",
        "RUS": "A",
        "IND": "Y",
    }.items():
        permanent = code != "IND"
        lines.append(
            f"9,{code},{NAMES[code]},{permanent},{vote},2011-03-17,S/RES/1973(2011),S/2011/142,S/PV.6498,"
            "Resolution 1973 (2011) [on Libya],Libya,LIBYA SITUATION,,4,0,2,0,6,vote,"
            "https://digitallibrary.un.org/record/9"
        )
    return "\n".join([*lines, ""])


UNVOTES = {
    "SUN": "Russia,RU", "USA": "United States,US", "BLR": "Belarus,BY", "POL": "Poland,PL",
    "FRA": "France,FR", "GBR": "United Kingdom,GB", "IND": "India,IN", "CHN": "China,CN",
    "BHS": "Bahamas,BS", "BEL": "Belgium,BE",
}  # fmt: skip


def _unvotes(rcid, roll):
    """A roll call of ``ROLLS`` as unvotes lists it: the same votes."""
    words = {"Y": "yes", "N": "no", "A": "abstain"}
    return "".join(f"{rcid},{UNVOTES[code]},{words[vote]}\n" for code, vote in roll[5].items())


def write(folder: Path) -> list[Path]:
    """One file of each of several forms; their paths."""
    texts = {
        "ga.csv": ga(),
        "sc.csv": sc(),
        "vetoes.csv": f"{VETOES}\n2015,7/8/2015,7,S/2015/508,S/PV.7481,A question,Topic,Region,Russia,,,"
        "1,0,0,0,1,0,0,0,0,0,0,0,0\n",
        "rolls.csv": "rcid,session,importantvote,date,unres,amend,para,short,descr\n"
        "3,1,0,1946-01-01,R/1/66,1,0,AMENDMENTS,TO ADOPT AN AMENDMENT\n"
        "89,6,0,1980-01-01,ESS/6/2,0,0,QUESTION,A QUESTION\n"
        "90,50,0,1995-11-01,R/50/8,0,0,QUESTION,A QUESTION\n"
        "91,50,1,1995-11-01,R/50/8,0,1,QUESTION,PARAGRAPH 1\n",
        "votes.csv": "rcid,country,country_code,vote\n3,United States,US,yes\n3,Russia,RU,no\n"
        + _unvotes(89, ROLLS[1])
        + "90,Russia,RU,abstain\n90,United States,US,no\n90,France,FR,yes\n91,France,FR,abstain\n"
        "91,India,IN,yes\n",
        "atop.csv": "atopid,member,yrent,moent,dayent,yrexit,moexit,dayexit,ineffect,phase,defense,offense,"
        "neutral,nonagg,consul,version\n7,370,1995,2,3,0,0,0,1,0,1,0,0,0,1,9\n"
        "7,365,1995,2,3,0,0,0,1,0,1,0,0,0,1,9\n",
        "leaders.csv": "iso3,country,role,person,person_qid,start,end,party,end_cause\n"
        "BLR,Belarus,head_of_state,Somebody,Q1,1994-07-20T00:00:00Z,,,\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]

from __future__ import annotations

import shutil
import ssl
import subprocess
import time

import pytest

from kg.errors import FetchError
from kg.sources.intake import address
from kg.sources.intake.cache import Slot
from kg.sources.intake.fetch import Limits, fetch
from tests.cases import each
from tests.loopback import file, loopback, moved, status

BODY = b"state,vote\n" + b"".join(b"FRA,%d\n" % n for n in range(5000))


@pytest.fixture
def server():
    with loopback() as served:
        yield served


@pytest.fixture
def get(tmp_path):
    """Fetch into a cache of the test's own, in little time."""

    def fetch_quickly(url, progress=lambda step, part: None, **limits):
        fields = {"silence_s": 0.4, "time_s": 10, **limits}
        return fetch(url, progress, base=tmp_path / "cache", limits=Limits(**fields))

    return fetch_quickly


def test_a_file_comes_whole_and_is_not_sent_again_while_it_is_the_same(server, get):
    url = server.serve("/votes.csv", file(BODY))
    first = get(url)
    assert first.path.name == "votes.csv"
    assert first.path.read_bytes() == BODY
    assert (first.size, first.is_new, first.redirects) == (len(BODY), True, ())
    again = get(url)
    assert (again.is_new, again.digest, again.retrieved) == (False, first.digest, first.retrieved)
    assert server.asked[1][1]["If-None-Match"] == '"1"'
    server.serve("/votes.csv", file(b"state,vote\nFRA,N\n", '"2"'))
    third = get(url)
    assert (third.is_new, third.path.read_bytes()) == (True, b"state,vote\nFRA,N\n")


def test_a_file_that_somebody_changed_in_the_cache_is_fetched_anew(server, get):
    url = server.serve("/votes.csv", file(BODY))
    get(url).path.write_bytes(b"other")
    assert get(url).path.read_bytes() == BODY


def test_a_file_cut_short_is_gone_on_with_in_the_same_call_and_in_the_next(server, get):
    cuts = [9000, 9000]
    url = server.serve("/votes.csv", file(BODY, cuts=cuts))
    assert get(url).path.read_bytes() == BODY
    assert [asked.get("Range") for _, asked in server.asked] == [
        None,
        "bytes=9000-",
        "bytes=18000-",
    ]
    url = server.serve("/other.csv", file(BODY, cuts=[100, 100, 100]))
    with pytest.raises(
        FetchError, match=r"cut short: 200 of .* fetch it again to go on from there"
    ):
        get(url, attempts=2)
    assert get(url).path.read_bytes() == BODY
    assert server.asked[5][1]["Range"] == "bytes=200-"
    assert server.asked[5][1]["If-Range"] == '"1"'


def test_a_file_that_changed_between_two_ranges_is_never_put_together_of_both(server, get):
    other = BODY.replace(b"FRA", b"GBR")

    def liar(handler):
        """Sends the rest of another file, whatever it was asked for."""
        if "Range" in handler.headers:
            start = int(handler.headers["Range"].removeprefix("bytes=").rstrip("-"))
            span = f"bytes {start}-{len(other) - 1}/{len(other)}"
            status(206, other[start:], ETag='"2"', Content_Range=span)(handler)
        else:
            file(other, '"2"')(handler)

    for name, second in {"/honest": file(other, '"2"'), "/liar": liar}.items():
        url = server.serve(name, file(BODY, cuts=[9000]))
        with pytest.raises(FetchError, match="cut short"):
            get(url, attempts=1)
        server.serve(name, second)
        assert get(url).path.read_bytes() == other


@each(
    ("other", "marks"),
    [
        (BODY.replace(b"FRA", b"GBR"), {}),
        (BODY.replace(b"FRA", b"GBR") + b"GBR,1\n", {"ETag": '"1"'}),
    ],
)
def test_a_rest_without_the_mark_or_of_another_length_is_not_joined(server, get, other, marks):
    def rest(handler):
        """Sends the rest of another file, with a mark that does not tell."""
        if "Range" not in handler.headers:
            file(other, '"2"')(handler)
            return
        start = int(handler.headers["Range"].removeprefix("bytes=").rstrip("-"))
        span = f"bytes {start}-{len(other) - 1}/{len(other)}"
        status(206, other[start:], Content_Range=span, **marks)(handler)

    path = f"/{len(other)}.csv"
    url = server.serve(path, file(BODY, cuts=[9000]))
    with pytest.raises(FetchError, match="cut short"):
        get(url, attempts=1)
    server.serve(path, rest)
    assert get(url).path.read_bytes() == other


def test_a_part_that_no_mark_names_is_not_gone_on_with(server, get):
    url = server.serve("/v.csv", status(200, BODY[:500], Content_Length=str(len(BODY))))
    with pytest.raises(FetchError, match=r"cut short: 500 of 43,901 bytes came; fetch it again$"):
        get(url)
    server.serve("/v.csv", file(BODY))
    assert get(url).path.read_bytes() == BODY
    assert "Range" not in server.asked[-1][1]


def test_a_range_that_cannot_be_had_starts_from_the_beginning(server, get):
    url = server.serve("/v.csv", file(BODY, cuts=[500]))
    with pytest.raises(FetchError, match="cut short"):
        get(url, attempts=1)
    short = b"state,vote\nFRA,N\n"

    def answer(handler):
        status(416)(handler) if "Range" in handler.headers else file(short, '"2"')(handler)

    server.serve("/v.csv", answer)
    assert get(url).path.read_bytes() == short


def test_each_redirect_is_said_and_kept(server, get):
    end = server.serve("/data/votes.csv", file(BODY))
    middle = server.serve("/latest", moved("/data/votes.csv", 307))
    steps = []
    fetched = get(server.serve("/now.csv", moved(middle)), lambda step, part: steps.append(step))
    assert fetched.redirects == (middle, end)
    assert fetched.path.name == "now.csv"
    assert f"redirected to {middle}" in steps
    assert f"redirected to {end}" in steps


@each(
    ("to", "problem"),
    [
        ("/a", "redirects in a circle: http://[^ ]*/a to http://[^ ]*/a"),
        ("file:///etc/passwd", "redirects to file:///etc/passwd, which is neither http nor https"),
        ("ftp://127.0.0.1/x", "neither http nor https"),
        ("//user:secret@127.0.0.1/x", "http://127.0.0.1/x was given with a user or a password"),
        ("", "redirects to nowhere"),
        ("http://[::bad/x", "redirects to what is no address"),
    ],
)
def test_a_redirect_that_nobody_should_follow_is_refused(server, get, to, problem):
    url = server.serve("/a", moved(to))
    with pytest.raises(FetchError, match=problem):
        get(url)


def test_a_circle_of_two_and_a_chain_without_end_are_refused(server, get):
    server.serve("/b", moved("/a"))
    with pytest.raises(FetchError, match=r"in a circle: .*/a to .*/b to .*/a"):
        get(server.serve("/a", moved("/b")))
    for n in range(9):
        server.serve(f"/{n}", moved(f"/{n + 1}"))
    with pytest.raises(FetchError, match="redirects more than 5 times"):
        get(server.url("/0"))


def test_no_redirect_leaves_tls(server, get, tmp_path, monkeypatch):
    openssl = shutil.which("openssl")
    if openssl is None:
        with pytest.raises(FetchError, match="redirects from https to http://x/a"):
            address._target(["https://x/a"], "http://x/a", 5)
        return
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    asked = [
        openssl,
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=test",
    ]
    asked += ["-keyout", key, "-out", cert, "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(asked, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    plain = server.serve("/votes.csv", file(BODY))
    with loopback(context) as secure:
        url = secure.serve("/votes.csv", moved(plain))
        with pytest.raises(FetchError, match="has no certificate that can be trusted"):
            get(url)
        monkeypatch.setenv("SSL_CERT_FILE", str(cert))
        with pytest.raises(FetchError, match=f"redirects from https to {plain}, where anyone"):
            get(url)
        assert get(server.serve("/up", moved(secure.serve("/s", file(BODY))))).size == len(BODY)
    assert [path for path, _ in server.asked] == ["/up"]


def test_a_server_that_is_slow_or_silent_is_given_up_on(server, get):
    def silent(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(b"state")
        time.sleep(1)

    def trickling(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.send_header("ETag", '"1"')
        handler.end_headers()
        for _ in range(20):
            handler.wfile.write(b"x")
            time.sleep(0.1)

    begun = time.monotonic()
    with pytest.raises(FetchError, match=r"cut short: nothing came for 0\.4 seconds"):
        get(server.serve("/silent", silent))
    with pytest.raises(
        FetchError, match=r"cut short: \d+ bytes in 0\.5 seconds; what came is kept"
    ):
        get(server.serve("/trickling", trickling), time_s=0.5)
    with pytest.raises(FetchError, match=r"cannot be reached: no answer in 0\.4 seconds"):
        get(server.serve("/mute", lambda handler: time.sleep(1)))
    assert time.monotonic() - begun < 5


def test_a_server_that_keeps_the_line_open_when_all_is_said_is_no_problem(server, get):
    def lingering(handler):
        file(BODY)(handler)
        handler.wfile.flush()
        time.sleep(1)

    assert get(server.serve("/v.csv", lingering)).size == len(BODY)


def chunked(handler):
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for at in range(0, len(BODY), 9000):
        piece = BODY[at : at + 9000]
        handler.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))


def test_a_length_that_is_wrong_or_not_given_is_refused(server, get):
    more = status(200, BODY, Content_Length="50")
    with pytest.raises(FetchError, match="announces 50 bytes and sends more"):
        get(server.serve("/more", more))

    def unending(handler):
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(BODY)

    with pytest.raises(FetchError, match="does not say how long it is"):
        get(server.serve("/unending", unending))
    with pytest.raises(FetchError, match="cut short: the line broke"):
        get(server.serve("/chunks", chunked))

    def whole(handler):
        chunked(handler)
        handler.wfile.write(b"0\r\n\r\n")

    assert get(server.serve("/whole", whole)).path.read_bytes() == BODY


def test_what_is_too_large_is_refused_before_and_while_it_comes(server, get):
    with pytest.raises(FetchError, match="is larger than 1,000 bytes"):
        get(server.serve("/v.csv", file(BODY)), size=1000)
    with pytest.raises(FetchError, match="is larger than 20,000 bytes"):
        get(server.serve("/chunks", chunked), size=20_000)


@each(
    ("answer", "problem"),
    [
        (status(404), "is not there .404.; is the address right"),
        (
            status(403, b"<html>no</html>"),
            "refuses programs .403.; open it in a browser, save the file",
        ),
        (status(202, b""), "a riddle and no file"),
        (status(503), "answers with status 503 and no file; ask again later"),
        (status(206, b"x"), "answers with status 206"),
        (status(304), "answers with status 304"),
        (status(200, b""), "is empty"),
        (
            status(200, b"\n<!DOCTYPE html><p>Please log in"),
            "is a web page, not a file of data; open it",
        ),
        (status(200, b"<!-- x --><HTML lang='en'>"), "is a web page"),
        (status(200, b"<body>hello", Content_Type="text/html; charset=utf-8"), "is a web page"),
    ],
)
def test_what_is_no_file_is_refused_and_says_what_it_is(server, get, answer, problem):
    with pytest.raises(FetchError, match=problem):
        get(server.serve("/v.csv", answer))


def test_a_table_that_is_called_a_page_is_a_table_and_xml_is_no_page(server, get):
    table = status(200, BODY, Content_Type="text/html")
    assert get(server.serve("/v.csv", table)).size == len(BODY)
    xml = b'<?xml version="1.0"?><collection></collection>'
    assert get(server.serve("/v.xml", status(200, xml))).size == len(xml)


def test_without_a_line_the_copy_of_before_is_named(get):
    with loopback() as server:
        url = server.serve("/v.csv", file(BODY))
        path = get(url).path
    with pytest.raises(FetchError, match=f"cannot be reached: Connection refused; .*give {path}"):
        get(url)
    with pytest.raises(FetchError, match=r"cannot be reached: .*; is this machine online"):
        get("http://nowhere.invalid/v.csv")


@each(
    ("url", "problem"),
    [
        ("ftp://example.org/v.csv", "is of the scheme 'ftp'; known: https, http"),
        ("file:///etc/passwd", "is of the scheme 'file'"),
        ("https:///v.csv", "names no host"),
        ("https://me:secret@example.org/v.csv", "^https://example.org/v.csv was given with a user"),
        ("https://example.org:x/v.csv", "is no address"),
    ],
)
def test_an_address_that_cannot_be_asked_is_refused(get, url, problem):
    with pytest.raises(FetchError, match=problem):
        get(url)


def test_a_second_program_does_not_write_into_the_same_file(server, get, tmp_path):
    url = server.serve("/v.csv", file(BODY))
    with (
        Slot(tmp_path / "cache", url).held(),
        pytest.raises(FetchError, match="is being fetched by another program"),
    ):
        get(url)


def test_the_name_of_a_file_is_the_last_step_of_its_address(tmp_path):
    names = {
        "https://x.org/a/b.csv?download=1": "b.csv",
        "https://x.org/": "file",
        "https://x.org/..%2F..%2Fetc%2Fpasswd": "_.._etc_passwd",
        "https://x.org/kept.json": "file",
        "https://x.org/a%20b!c.csv": "a_b_c.csv",
    }
    assert {url: Slot(tmp_path, url).path.name for url in names} == names

"""The reports of `zsh-mq test` and `zsh-mq run`, read by those that they are written for."""

import html.parser
import json
import os
import pathlib
import re
import shutil
import subprocess

import pytest

HERE = pathlib.Path(__file__).resolve().parent
SVG = "{http://www.w3.org/2000/svg}"

GREETING = """\
# phase: setup
bind rep :0 as server
connect req $server.port as client
# phase: the server answers
client send Hello
server expect Hello
server send {word}
client expect World
"""

# Seven scripts: one that passes, and each kind of those that do not.
SCRIPTS = {
    "a/good.zs": GREETING.format(word="World"),
    "a/bad.zs": GREETING.format(word="Wurld"),
    "a/parse.zs": "snd x\n",
    "b c/<&\"'>\n.zs": "sh 'printf \"\\\\000\\\\033[2J\\\\377]]>\\\\n\"'\nassert 1 == 2\n",
    "hang.zs": "timeout never\nbind rep :0 as server\nserver recv\n",
    "killed.zs": "sh 'kill -KILL $PPID'\n",
    "later.zs": "# skip: <no> & \"why\"\n",
}


@pytest.fixture
def write(folder):
    def write(name, text):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return name

    return write


@pytest.fixture
def test(spawn, binary):
    return lambda *words, env=None: spawn(binary, "test", *words, env=env).result()


@pytest.fixture
def suite(write, test):
    """Runs the seven scripts with options."""

    def run(*words):
        for name, text in SCRIPTS.items():
            write(name, text)
        result = test("--limit", "5s", *words)
        assert result.exit == 4, result
        return result

    return run


# --- JUnit

def schema_errors(path):
    etree = pytest.importorskip("lxml.etree")
    schema = etree.XMLSchema(etree.parse(str(HERE / "reports" / "junit.xsd")))
    schema.validate(etree.parse(str(path)))
    return list(schema.error_log)


def test_junit_is_valid_and_is_read_by_junitparser(suite, folder):
    junitparser = pytest.importorskip("junitparser")
    suite("--report-junit", "junit.xml")
    assert not schema_errors(folder / "junit.xml")
    xml = junitparser.JUnitXml.fromfile(str(folder / "junit.xml"))
    suites = {suite.name: suite for suite in xml}
    assert sorted(suites) == [".", "a", "b c"]
    assert [(s.tests, s.failures, s.errors, s.skipped) for _, s in sorted(suites.items())] == [
        (3, 0, 2, 1), (3, 1, 1, 0), (1, 1, 0, 0)]
    kinds = {case.name: [(type(part).__name__, part.type) for part in case.result]
             for suite in xml for case in suite}
    assert kinds == {
        "good.zs": [], "bad.zs": [("Failure", "expectation")], "parse.zs": [("Error", "syntax")],
        "<&\"'>\\n.zs": [("Failure", "expectation")], "hang.zs": [("Error", "limit")],
        "killed.zs": [("Error", "crash")], "later.zs": [("Skipped", None)]}
    (bad,) = [case for case in suites["a"] if case.name == "bad.zs"]
    assert bad.classname == "a"
    assert "phase: the server answers" in bad.result[0].text and "client ← Wurld" in bad.result[0].text
    assert "^^^^^ they differ at byte 2" in bad.result[0].text
    (odd,) = suites["b c"]
    assert odd.system_out == "\\0\\e[2J\\xFF]]>\n"
    (later,) = [case for case in suites["."] if case.name == "later.zs"]
    assert later.result[0].message == "<no> & \"why\""


def test_junit_of_runs_that_were_repeated_has_a_name_for_each(write, test, folder):
    junitparser = pytest.importorskip("junitparser")
    write("a/x.zs", "print x\n")
    test("--repeat", "2", "--report-junit", "junit.xml")
    assert not schema_errors(folder / "junit.xml")
    names = [case.name for suite in junitparser.JUnitXml.fromfile(str(folder / "junit.xml")) for case in suite]
    assert names == ["x.zs (1/2)", "x.zs (2/2)"]


# --- JSON Lines

def events(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_json_lines_hold_every_event_with_its_time(suite, folder):
    suite("--report-json", "events.jsonl")
    lines = events(folder / "events.jsonl")
    assert lines[0]["event"] == "begun" and lines[0]["scripts"] == 7
    assert {key: lines[-1][key] for key in ("event", "passed", "failed", "skipped")} == {
        "event": "ended", "passed": 1, "failed": 5, "skipped": 1}
    good = [line for line in lines if line.get("script") == "a/good.zs"]
    times = [line["time"] for line in good if "time" in line]
    assert times == sorted(times) and times[-1] > 0
    told = [(line["event"], line.get("socket") or line.get("name") or line.get("text"), line.get("frames"))
            for line in good if line["event"] in ("phase", "statement", "sent", "received", "expected")]
    assert told[-11:] == [
        ("phase", "the server answers", None), ("statement", "client send Hello", None),
        ("sent", "client", ["Hello"]), ("statement", "server expect Hello", None),
        ("received", "server", ["Hello"]), ("expected", "server", None), ("statement", "server send World", None),
        ("sent", "server", ["World"]), ("statement", "client expect World", None),
        ("received", "client", ["World"]), ("expected", "client", None)]
    results = {line["script"]: line for line in lines if line["event"] == "result"}
    assert {name: (line["outcome"], line.get("exit"), line.get("signal")) for name, line in results.items()} == {
        "a/good.zs": ("passed", None, None), "a/bad.zs": ("failed", 4, None), "a/parse.zs": ("failed", 2, None),
        "b c/<&\"'>\n.zs": ("failed", 4, None), "hang.zs": ("overran", None, None),
        "killed.zs": ("crashed", None, 9), "later.zs": ("skipped", None, None)}
    (failed,) = [line for line in lines if line["event"] == "failed" and line["script"] == "a/bad.zs"]
    assert (failed["line"], failed["column"], failed["label"]) == (8, 15, "they differ at byte 2")


def test_json_lines_leave_nothing_out_and_other_reports_stay_small(write, test, folder):
    write("loop.zs", "bind pair inproc://x as a\nconnect pair inproc://x as b\n"
                     "repeat 4000 { a send $i; b recv as got }\nassert false\n")
    result = test("--report-json", "e.jsonl", "--report-html", "r.html", "--report-junit", "j.xml", "--limit", "never")
    assert result.exit == 4
    assert sum(line["event"] == "sent" for line in events(folder / "e.jsonl")) == 4000
    assert (folder / "r.html").stat().st_size < 1_000_000 and (folder / "j.xml").stat().st_size < 100_000


def test_long_and_binary_payloads_are_words_of_the_language(write, test, folder):
    write("a.zs", "bind pair inproc://x as a\nconnect pair inproc://x as b\n"
                  "a send hex:00ff0a \"\" \"a b\"\na send zeros:100000\nb recv as one\nb recv as two\n")
    assert test("--report-json", "e.jsonl").exit == 0
    first, second = [line for line in events(folder / "e.jsonl") if line["event"] == "sent"]
    assert first["frames"] == [r'"\0\xff\n"', '""', '"a b"'] and first["size"] == 6
    assert second["size"] == 100_000 and len(second["frames"][0]) < 5000
    assert second["frames"][0].endswith("(100000 bytes)")


# --- HTML

class Page(html.parser.HTMLParser):
    """A page's elements: that they close in order, their ids and texts, and all that would be fetched."""

    EMPTY = {"meta", "link", "img", "br", "line", "rect", "polygon", "path", "hr"}

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.texts, self.fetched = [], [], [], [], []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.ids += [attributes["id"]] if "id" in attributes else []
        self.links += [attributes["href"]] if tag == "a" else []
        if "src" in attributes or tag in ("link", "script", "iframe", "image", "use"):
            self.fetched.append((tag, attributes))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


def test_html_is_one_file_whose_parts_are_there(suite, folder):
    suite("--report-html", "report.html")
    text = (folder / "report.html").read_text()
    page = Page(text)
    assert not page.fetched and "url(" not in text and "@import" not in text
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links} <= set(page.ids) and len(page.links) == 7
    shown = " ".join(page.texts)
    for wanted in ("1 passed", "5 failed", "1 skipped", "a/bad.zs", "b c/<&\"'>\\n.zs", "it did not end within 5s",
                   "SIGKILL ended it", "\\0\\e[2J\\xFF]]>", "prefers-color-scheme: dark"):
        assert wanted in shown, wanted
    assert text.count("<details id=") == 7 and len(re.findall(r'<details id="s\d+" class="failed" open', text)) == 5


def diagrams(path):
    etree = pytest.importorskip("lxml.etree")
    return [etree.fromstring(found) for found in re.findall(r"<svg.*?</svg>", path.read_text(), re.DOTALL)]


def test_a_conversation_is_drawn_with_the_failed_expectation_marked(write, test, folder):
    write("bad.zs", GREETING.format(word="Wurld"))
    test("--report-html", "report.html")
    (svg,) = diagrams(folder / "report.html")
    assert svg.findtext(f"{SVG}title") == "The conversation of bad.zs"
    assert svg.findtext(f"{SVG}desc").startswith("2 messages between server, client; it failed: line 8: ")
    lanes = {g.findtext(f"{SVG}text[@class='name']"): int(g.find(f"{SVG}line").get("x1"))
             for g in svg.findall(f"{SVG}g[@class='lane']")}
    assert list(lanes) == ["server", "client"]
    hello, wurld = [g for g in svg.findall(f"{SVG}g") if g.get("class").startswith("message")]
    assert (hello.findtext(f"{SVG}title"), hello.get("class")) == ("Hello", "message")
    assert (wurld.findtext(f"{SVG}title"), wurld.get("class")) == ("Wurld", "message wrong")
    for arrow, start, end in ((hello, "client", "server"), (wurld, "server", "client")):
        line = arrow.find(f"{SVG}line")
        assert int(line.get("x1")) == lanes[start] and abs(int(line.get("x2")) - lanes[end]) <= 2
        assert line.get("y1") == line.get("y2")
    assert [text.findtext(f"{SVG}title") for text in svg.findall(f"{SVG}text[@class='phase start']")] == [
        "setup", "the server answers"]
    assert svg.find(f"{SVG}path[@class='wrong']") is not None
    assert [text.findtext(f"{SVG}title") for text in svg.findall(f"{SVG}text[@class='wrong start']")] == [
        "expected World"]


def test_messages_of_peers_routers_and_publishers_find_their_way(write, test, folder, peer, port):
    write("talk.zs", """\
bind router :0 as broker
connect dealer $broker.port as worker routing_id=w1
worker send READY
broker recv as id _
broker send $id job
worker recv as job
bind pub inproc://news as news
connect sub inproc://news as reader subscribe=''
news send weather
news send weather
reader recv as one
socket push as lonely
connect lonely tcp://127.0.0.1:1
lonely send "is anybody there?"
assert false
""")
    test("--report-html", "report.html")
    (svg,) = diagrams(folder / "report.html")
    ways = []
    lanes = {int(g.find(f"{SVG}line").get("x1")): g.findtext(f"{SVG}text[@class='name']")
             for g in svg.findall(f"{SVG}g") if g.get("class").startswith("lane")}
    for arrow in svg.findall(f"{SVG}g"):
        if arrow.get("class").startswith("message"):
            line = arrow.find(f"{SVG}line")
            near = [name for x, name in lanes.items() if abs(x - int(line.get("x2"))) <= 2]
            ways.append((lanes[int(line.get("x1"))], arrow.findtext(f"{SVG}title"), near))
    assert ways == [
        ("worker", "READY", ["broker"]), ("broker", "w1 job", ["worker"]), ("news", "weather", ["reader"]),
        ("news", "weather", []), ("lonely", '"is anybody there?"', ["peers"])]


@pytest.fixture
def browser(environment):
    """Gives the page's document after it was rendered."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not program:
        pytest.skip("no Chromium is installed")

    def open_page(path, *words):
        return subprocess.run(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             f"--user-data-dir={path.parent}/browser", *words, path.as_uri()],
            cwd=path.parent, env=environment, capture_output=True, text=True, timeout=120)

    return open_page


def test_html_opens_in_a_browser(suite, folder, browser):
    suite("--report-html", "report.html")
    page = folder / "report.html"
    # The page tells what it looks like: it has no script of its own.
    probe = page.with_name("probe.html")
    probe.write_text(page.read_text().replace("</body>", """<script>
      const seen = {};
      for (const part of document.querySelectorAll('details[id]')) {
        const box = part.querySelector('svg')?.getBoundingClientRect();
        seen[part.id] = [part.open, box ? box.height > 60 && box.width > 300 : null];
      }
      const bad = document.querySelector('.message.wrong line');
      seen.wrong = getComputedStyle(bad).stroke;
      seen.back = getComputedStyle(document.body).backgroundColor;
      seen.wide = document.documentElement.scrollWidth <= innerWidth;
      document.body.append(Object.assign(document.createElement('pre'), {id: 'seen', textContent: JSON.stringify(seen)}));
      </script></body>"""))
    result = browser(probe, "--dump-dom", "--window-size=1000,800", "--blink-settings=preferredColorScheme=1")
    seen = json.loads(html.unescape(re.search(r'<pre id="seen">(.*?)</pre>', result.stdout)[1]))
    # In the order of the paths: a/bad, a/good, a/parse, b c, hang, killed, later.
    assert [seen[f"s{number}"] for number in range(1, 8)] == [
        [True, True], [False, True], [True, None], [True, None], [True, True], [True, None], [False, None]]
    assert seen["wrong"] == "rgb(179, 21, 31)" and seen["back"] == "rgb(255, 255, 255)" and seen["wide"]
    dark = browser(probe, "--dump-dom", "--blink-settings=preferredColorScheme=0").stdout
    assert json.loads(html.unescape(re.search(r'<pre id="seen">(.*?)</pre>', dark)[1]))["back"] == "rgb(13, 17, 23)"
    browser(page, "--screenshot=shot.png", "--window-size=1000,800")
    assert (folder / "shot.png").read_bytes().startswith(b"\x89PNG")


# --- coverage

def test_lcov_says_which_lines_ran(write, test, folder):
    write("_part.zs", "def f n {\n  if $n == \"1\" {\n    print one\n  } else {\n    print two\n  }\n}\n")
    write("one.zs", "source _part.zs\nf 1; f 1\n")
    write("three.zs", "source _part.zs\nf 1\nif false {\n  print never\n}\n")
    result = test("--report-lcov", "lcov.info")
    assert result.exit == 0 and "statements that ran:" in result.stdout
    assert (folder / "lcov.info").read_text() == """\
TN:
SF:_part.zs
DA:2,2
DA:3,2
DA:5,0
LF:3
LH:2
end_of_record
TN:
SF:one.zs
DA:1,1
DA:2,1
LF:2
LH:2
end_of_record
TN:
SF:three.zs
DA:1,1
DA:2,1
DA:3,1
DA:4,0
LF:4
LH:3
end_of_record
"""


# --- several, and `run`

def test_all_reports_at_once(suite, folder):
    suite("--report-tap", "1.tap", "--report-junit", "2.xml", "--report-json", "3.jsonl", "--report-html", "4.html",
          "--report-lcov", "5.info")
    assert sorted(path.name for path in folder.glob("[1-5].*")) == ["1.tap", "2.xml", "3.jsonl", "4.html", "5.info"]
    assert not list(folder.glob("*.new"))


def test_only_one_report_goes_to_standard_output(write, test):
    write("a.zs", "print x\n")
    assert test("--report-tap", "-", "--report-junit", "-").exit == 64
    assert test("--report-tap", "-", "--report-lcov", "-").exit == 64
    lcov = test("--report-lcov", "-")
    assert lcov.stdout == "TN:\nSF:a.zs\nDA:1,1\nLF:1\nLH:1\nend_of_record\n" and "1 passed" in lcov.stderr
    assert json.loads(test("--report-json", "-").stdout.splitlines()[-1])["event"] == "ended"


def test_run_writes_reports_too(spawn, binary, write, folder):
    write("bad.zs", GREETING.format(word="Wurld"))
    result = spawn(binary, "run", "--report-junit", "j.xml", "--report-json", "e.jsonl", "--report-html", "r.html",
                   "--report-tap", "o.tap", "bad.zs").result()
    assert result.exit == 4 and result.stdout == "" and "they differ at byte 2" in result.stderr
    assert not schema_errors(folder / "j.xml")
    assert "client expected World" in (folder / "j.xml").read_text()
    assert (folder / "o.tap").read_text().startswith("TAP version 14\n1..1\nnot ok 1 - bad.zs\n")
    lines = events(folder / "e.jsonl")
    assert [line["event"] for line in lines][0] == "begun" and lines[-1]["failed"] == 1
    assert [line["frames"] for line in lines if line["event"] == "sent"] == [["Hello"], ["Wurld"]]
    assert len(diagrams(folder / "r.html")) == 1
    assert spawn(binary, "run", "--report-tap", "-", "bad.zs").result().exit == 64
    refused = spawn(binary, "run", "--report-tap", "no/where", "-c", "print x > made").result()
    assert refused.exit == 3 and not (folder / "made").exists()


def test_a_full_disk_is_told(write, test):
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full")
    write("a.zs", "print x\n")
    result = test("--report-junit", "/dev/full")
    assert result.exit == 3 and "cannot write '/dev/full': No space left on device (ENOSPC)" in result.stderr


def test_secrets_stay_out_of_reports(write, test, folder):
    key = "Z" * 39 + "9"
    write("a.zs", f"bind rep :0 as server curve_server=1 curve_secretkey='{key}'\nassert false\n")
    test("--report-json", "e.jsonl", "--report-html", "r.html", "--report-junit", "j.xml", "--report-tap", "o.tap")
    for name in ("e.jsonl", "r.html", "j.xml", "o.tap"):
        assert key not in (folder / name).read_text()


# --- golden reports

GOLDEN = {
    "a/greeting.zs": """\
# phase: setup
bind rep inproc://greeter as greeter
connect req inproc://greeter as client
# phase: a greeting
client send Ada
greeter recv as name
greeter send "Hello $name"
client expect "Hello Ada"
""",
    "a/order.zs": """\
source _sockets.zs
# phase: the order is kept
a send <one> "two & three"
b expect <one> _
repeat 2 {
  a send $i
  within 1s b expect $i
}
# phase: the last
a send "4" hex:00ff
b expect "5" ...
print never
""",
    "a/_sockets.zs": "bind pair inproc://pair as a\nconnect pair inproc://pair as b\n",
    "b/exit.zs": "print almost\nexit 7\n",
    "b/later.zs": "# skip: needs a server\nrecv\n",
    "b/parse.zs": "print 'open\n",
}


def hide_times(text):
    """What differs from run to run: lengths of time, dates, the machine."""
    text = re.sub(r"\b\d+(\.\d+)? (us|µs|ms|s|min)\b", "TIME", text)
    text = re.sub(r'("(?:time|took)":)[\d.]+', r"\1TIME", text)
    text = re.sub(r'\b(time|timestamp|hostname)="[^"]*"', r'\1="\1"', text)
    text = re.sub(r"(duration_ms: )\d+", r"\1TIME", text)
    # A statement that took longer than usual says so.
    return re.sub(r"^( +\d+ \| .*)  TIME$", r"\1", text, flags=re.MULTILINE)


@pytest.mark.parametrize("name", ["human.txt", "report.tap", "junit.xml", "events.jsonl", "report.html", "lcov.info"])
def test_golden_report(write, test, folder, request, name):
    for path, text in GOLDEN.items():
        write(path, text)
    result = test("--jobs", "1", "a", "b", "--report-tap", "report.tap", "--report-junit", "junit.xml",
                  "--report-json", "events.jsonl", "--report-html", "report.html", "--report-lcov", "lcov.info")
    assert result.exit == 4 and result.stderr == ""
    (folder / "human.txt").write_text(result.stdout)
    found = hide_times((folder / name).read_text())
    golden = HERE / "reports" / name
    if request.config.getoption("--update-golden"):
        golden.write_text(found)
    assert found == golden.read_text()


def test_a_diagram_has_bounds_however_many_sockets_there_are(write, test, folder):
    write("many.zs", "for n in 1..60 {\n  bind pair inproc://$n as s$n\n  connect pair inproc://$n as c$n\n"
                     "  c$n send $n\n  s$n recv as got\n}\n"
                     "repeat 20 {\n  bind pair inproc://again as left\n  close left\n}\nassert false\n")
    test("--report-html", "report.html")
    (svg,) = diagrams(folder / "report.html")
    names = [g.findtext(f"{SVG}text[@class='name']") for g in svg.findall(f"{SVG}g[@class='lane']")]
    assert len(names) == len(set(names)) == 31 and names[-1] == "other sockets"
    assert int(svg.get("width")) < 8000

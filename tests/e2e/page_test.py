"""The page and the JSON behind it, as Chromium and a script see them, on both logs."""
import html.parser
import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest
import urllib.error
import urllib.request

from feeds import PACK, story
from harness import Broker, ROOT, Service, checked, wait_for, wiremill

FIRST_EVENTS = (ROOT / "deploy/sample/first-events.ndjson").read_text(encoding="utf-8").splitlines()
PICTURE = ROOT / "build/page.png"
LAST = "2026-03-11T12:30:00Z"

# Everything that may come from outside, in the words of somebody who would like to be an element.
HOSTILE = [
    story("hostile-1", "2026-03-11T12:29:00Z", "\"><img src=x onerror=alert(1)>",
          "<script>alert(1)</script> Oracle looks at the year 2027",
          "<script>alert(2)</script> Oracle said it plans to spend $61 billion on capital "
          "expenditures in 2027</q></li></section><svg onload=alert(3)>.",
          url="javascript:alert(4)"),
    story("hostile-2", "2026-03-11T12:29:01Z", "Turned \u202egnorw\u202c Wire' onmouseover='x",
          "\u202eTesla looks at 2027\u0007 <b> &amp;amp; <!--",
          "Tesla said it plans to spend $21 billion on capital expenditures in 2027 "
          "&lt;i&gt; <!-- <u> --> \u2066\x1b[31m.", url="https://example.com/\"onclick=\"x"),
]
OURS = {"html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section",
        "div", "h1", "h2", "h3", "small", "p", "table", "tbody", "tr", "th", "td", "svg", "rect",
        "br", "span", "b", "q", "ol", "li", "a"}


class Elements(html.parser.HTMLParser):
    """What the browser made of the page: elements, attributes, text."""

    def __init__(self, dom):
        super().__init__()
        self.names, self.attributes, self.links, self.text = set(), set(), [], ""
        self.feed(dom)

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data):
        self.text += data


def chromium(*args):
    """A run of the browser without a window; it sees loopback and nothing else."""
    with tempfile.TemporaryDirectory(prefix="wiremill-chromium-") as profile:
        return subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             "--no-first-run", "--disable-background-networking", f"--user-data-dir={profile}",
             "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", *args],
            capture_output=True, text=True, timeout=90, check=True).stdout


def post(service, lines):
    request = urllib.request.Request(service.url() + "/v1/events", "\n".join(lines).encode(),
                                     {"Content-Type": "application/x-ndjson"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)["accepted"]


def state(service, scope=""):
    status, body = service.get(f"/api/v1/state/{scope}".rstrip("/"))
    return status, json.loads(body)


def is_read(service):
    return state(service)[1]["known_until"] == LAST and "company/TSLA" in service.get(
        "/api/v1/state")[1]


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="wiremill-page-"))
        cls.service = Service(None, "--data", cls.folder / "log", "--time", "received").start()
        wait_for("the service", 30, lambda: cls.service.get("/readyz")[0] == 200)
        post(cls.service, FIRST_EVENTS[:-1] + HOSTILE + FIRST_EVENTS[-1:])
        wait_for("all events", 30, lambda: is_read(cls.service))

    @classmethod
    def tearDownClass(cls):
        cls.service.stop()
        cls.service.log_path.unlink(missing_ok=True)
        shutil.rmtree(cls.folder)

    def test_a_browser_finds_no_element_that_is_not_ours(self):
        page = Elements(chromium("--dump-dom", self.service.url() + "/"))
        self.assertEqual(page.names - OURS, set())
        self.assertFalse({name for name in page.attributes if name.startswith("on")})
        for link in page.links:
            self.assertRegex(link, "^(https://|/[a-z])")
        for words in ("<script>alert(2)</script> Oracle said it plans to spend $61 billion",
                      "\"><img src=x onerror=alert(1)>", "</q></li></section><svg onload=alert(3)>",
                      "&lt;i&gt; <!-- <u> -->", "<b> &amp;amp; <!--"):
            self.assertIn(words, page.text)
        for mark in "\u202e\u202c\u2066\x07\x1b":
            self.assertNotIn(mark, page.text)

    def test_the_page_is_allowed_its_style_and_nothing_else(self):
        with urllib.request.urlopen(self.service.url() + "/", timeout=10) as answer:
            policy = answer.headers["Content-Security-Policy"]
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
            self.assertEqual(answer.headers["Content-Type"], "text/html; charset=utf-8")
        self.assertRegex(policy, r"^default-src 'none'; style-src 'sha256-[^']{44}'; ")
        self.assertNotIn("unsafe", policy)

    def test_numbers_and_words_of_the_state_stand_on_the_page(self):
        _, pack = state(self.service, PACK)
        page = Elements(chromium("--dump-dom", self.service.url() + "/"))
        for scenario in pack["scenario"]["scenarios"]:
            self.assertIn(f"{scenario['weight'] * 100:.1f} %", page.text)
        for because in pack["because"] + pack["against"]:
            self.assertIn(because["quote"]["text"], page.text)
        for words in ("메모리", "아마존은 2026년 설비투자에 2천억 달러를 투입할 계획이라고 밝혔다.",
                      "200 bn USD", "한강경제"):
            self.assertIn(words, page.text)

    def test_the_api_says_what_the_topic_says(self):
        scopes = [row["scope"] for row in state(self.service)[1]["scopes"]]
        believed = {scope: state(self.service, scope)[1] for scope in scopes}
        _, recent = self.service.get("/api/v1/signals/recent?limit=500")
        _, sectors = self.service.get("/api/v1/signals/recent?limit=4&kind=sector")
        self.service.stop()  # it must let go of the folder first
        try:
            told = [json.loads(line) for line in checked(wiremill(
                None, "--data", self.folder / "log", "tap", "signals")).splitlines()]
        finally:
            self.service.log_path.unlink()
            self.service.start()
            wait_for("the restart", 30, lambda: self.service.get("/readyz")[0] == 200)
            wait_for("the restored state", 30, lambda: is_read(self.service))
        self.assertEqual(believed, {signal["scope"]: signal for signal in told})
        recent, sectors = json.loads(recent), json.loads(sectors)
        for signal in told:
            self.assertIn(signal, recent)
        self.assertEqual(recent, sorted(recent, key=lambda s: s["as_of"], reverse=True))
        self.assertEqual([signal["type"] for signal in sectors], ["sector"] * 4)

    def test_mistakes_are_named(self):
        for path, status, words in (
                ("/api/v1/state/sector/memry", 404, 'the nearest of'),
                ("/api/v1/state/sector/memry", 404, 'is "sector/memory"'),
                ("/api/v1/signals/recent?limit=0", 400, "a whole number from 1 to 500"),
                ("/api/v1/signals/recent?kind=x", 400, "company, sector, scenario, group"),
                ("/api/v1/nowhere", 404, "/api/v1/signals/recent")):
            got, body = self.service.get(path)
            self.assertEqual(got, status, path)
            self.assertIn(words, json.loads(body)["error"]["text"])

    def test_a_picture_of_it_is_taken(self):
        PICTURE.parent.mkdir(exist_ok=True)
        PICTURE.unlink(missing_ok=True)
        chromium("--window-size=1360,1500", f"--screenshot={PICTURE}", self.service.url() + "/")
        self.assertEqual(PICTURE.read_bytes()[:4], b"\x89PNG")
        self.assertGreater(PICTURE.stat().st_size, 50_000, "an empty page is smaller")


class PageOnKafka(unittest.TestCase):
    def test_it_shows_the_same_as_on_the_embedded_log(self):
        with Broker() as broker:
            broker.lay_out(partitions=1)
            with Service(broker, "--time", "received") as service:
                broker.produce("news", [(json.loads(line)["id"], line) for line in FIRST_EVENTS])
                wait_for("all events", 60, lambda: state(service)[1]["known_until"] == LAST)
                page = wait_for("the weights", 20, lambda: [
                    text for text in [service.get("/")[1]] if "44.5 %" in text])[0]
                self.assertIn("아마존은 2026년 설비투자에 2천억 달러를 투입할", page)
                self.assertEqual(state(service, PACK)[0], 200)


if __name__ == "__main__":
    unittest.main(verbosity=2)

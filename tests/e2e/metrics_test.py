"""The page of metrics of a service that works through the sample feed, as a scraper sees it."""
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from harness import ROOT, Service, checked, wait_for, wiremill

SERIES_MAX = 1500
CLOSED = re.compile(r"_(total|bucket|count|sum)$")


def parsed(page):
    """Name with labels: value, for every series."""
    lines = [line.rsplit(" ", 1) for line in page.splitlines() if not line.startswith("#")]
    return {series: float(value) for series, value in lines}


def name_of(series):
    return series.split("{")[0]


class SampleFeed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="wiremill-metrics-"))
        cls.feed = cls.folder / "feed"
        cls.feed.mkdir()
        cls.service = Service(None, "--data", cls.folder / "data", "--time", "received",
                              "--watch", cls.feed).start()
        try:
            cls.work_through_the_sample()
        except BaseException:
            cls.tearDownClass()
            raise

    @classmethod
    def work_through_the_sample(cls):
        wait_for("both stages", 30, lambda: cls.service.get("/readyz")[0] == 200 and
                 'wiremill_lane_turned_timestamp_seconds{lane="score.0"}' in
                 cls.service.get("/metrics")[1])
        cls.before = parsed(cls.service.get("/metrics")[1])
        cls.events = 0
        for sample in sorted((ROOT / "deploy/sample").glob("[!e]*.ndjson")):  # no expectations
            lines = [line for line in sample.read_text(encoding="utf-8").splitlines()
                     if '"headline"' in line]
            cls.events += len(lines)
            shutil.copy(sample, cls.folder / sample.name)
            (cls.folder / sample.name).rename(cls.feed / sample.name)
        cls.page = wait_for("the sample to be worked on", 120, cls.page_when_done)
        cls.after = parsed(cls.page)

    @classmethod
    def page_when_done(cls):
        page = cls.service.get("/metrics")[1]
        series = parsed(page)
        consumed = sum(value for name, value in series.items()
                       if name.startswith("wiremill_records_consumed_total")
                       and "wiremill." not in name)
        worked = sum(value for name, value in series.items()
                     if name.startswith("wiremill_committed_records_total")
                     and 'stage="score"' in name)
        dead = sum(value for name, value in series.items()
                   if name.startswith("wiremill_dead_letters_total") and "extract" in name)
        done = consumed >= cls.events > 0 and worked + dead >= consumed
        return page if done and not cls.waiting(series) else None

    @staticmethod
    def waiting(series):
        return {name: value for name, value in series.items()
                if name.startswith("wiremill_consumer_lag_records") and value > 0}

    @classmethod
    def tearDownClass(cls):
        cls.service.stop()
        cls.service.log_path.unlink(missing_ok=True)
        shutil.rmtree(cls.folder)

    def test_promtool_finds_nothing_to_say(self):
        lint = subprocess.run(["promtool", "check", "metrics"], input=self.page, text=True,
                              capture_output=True, check=False)
        self.assertEqual((lint.returncode, lint.stdout + lint.stderr), (0, ""))

    def test_the_page_stays_below_its_limit(self):
        print(f"{len(self.after)} series, limit {SERIES_MAX}", flush=True)
        self.assertLess(len(self.after), SERIES_MAX)

    def test_every_counter_was_there_before_anything_came(self):
        def closed(series):
            return {each for each in series if CLOSED.search(name_of(each))}
        self.assertEqual(closed(self.after) - closed(self.before), set())
        self.assertEqual(closed(self.before) - closed(self.after), set())

    def test_no_label_names_a_company(self):
        files = sorted((ROOT / "deploy/catalog/companies").glob("*.yaml"))
        catalogue = "".join(file.read_text(encoding="utf-8") for file in files)
        companies = set(re.findall(r"id: ([A-Z0-9.]+)[,}\s]", catalogue))
        self.assertGreater(len(companies), 400)
        values = {value for series in self.after for value in re.findall(r'="([^"]*)"', series)}
        self.assertEqual(values & companies, set())

    def test_nothing_folds_into_other_but_what_may(self):
        other = {series: value for series, value in self.after.items()
                 if '="other"' in series and value > 0
                 and name_of(series) != "wiremill_http_requests_total"}
        self.assertEqual(other, {}, "a word of our own that telemetry does not know")

    def test_every_source_is_worked_through(self):
        lags = {s for s in self.after if name_of(s) == "wiremill_consumer_lag_records"}
        self.assertEqual(len(lags), 16, "news, filings, facts and held, four partitions each")
        for series in lags:
            through = series.replace("wiremill_consumer_lag_records",
                                     "wiremill_worked_through_timestamp_seconds")
            self.assertGreater(self.after[through], self.after["process_start_time_seconds"] - 1)

    def test_the_weights_of_a_set_sum_to_one(self):
        weights = [value for series, value in self.after.items()
                   if name_of(series) == "wiremill_scenario_weight_ratio"]
        self.assertTrue(weights)
        self.assertAlmostEqual(sum(weights), len({
            re.search(r'set="([^"]+)"', s).group(1) for s in self.after
            if name_of(s) == "wiremill_scenario_weight_ratio"}), places=6)

    def test_the_list_of_metrics_is_the_page(self):
        listed = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "dashboards/README.md").read_text(
            encoding="utf-8"), re.MULTILINE))
        exported = set(re.findall(r"^# TYPE (\w+) ", self.page, re.MULTILINE))
        self.assertEqual(exported - listed, set(), "exported, not listed")
        # Series that come with what they tell of have no TYPE line before: they may be listed.
        self.assertEqual(listed - exported - {"wiremill_heartbeat_timestamp_seconds"}, set(),
                         "listed, not exported")


class Versions(unittest.TestCase):
    def test_the_libraries_are_named(self):
        said = checked(wiremill(None, "version"))
        self.assertRegex(said, r"(?m)^wiremill \d+\.\d+\.\d+ \([0-9a-z-]+\)$")
        self.assertRegex(said, r"(?m)^librdkafka \d+\.\d+\.\d+$")
        with tempfile.TemporaryDirectory() as data:
            with Service(None, "--data", data) as service:
                service.url()
                self.assertRegex(service.log(), r"event=service_started .*librdkafka=\d+\.\d+\.\d+")


if __name__ == "__main__":
    unittest.main(verbosity=2)

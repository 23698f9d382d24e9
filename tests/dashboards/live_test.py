"""The boards and rules against a real service and a real Prometheus.

One run of some two minutes: the sample feed comes in; every expression is asked and must answer;
a log that takes no commits moves the lag; then the feed stops and silence must be noticed.
"""
import math
import pathlib
import tempfile
import time
import unittest

import questions
from world import World, wait_for

TIMES = 20  # our times are so much shorter than the shipped ones
FEED_SECONDS = 60
NOT_EVERY_DAY = {  # what may have no answer, with the reason
    "wiremill: signals: What groups plan to spend in a year C":
        "somebody must have stated the total of a group"}
FLOOD = 30_000  # more than any machine works off between two scrapes
UNIT = 4  # records a commit: so that the flood takes seconds


def clock_offset():
    """Changes when the machine was suspended or its clock was set."""
    return time.time() - time.monotonic()


def has_number(series):
    values = [value for _, value in series.get("values", [])] or [series["value"][1]]
    return any(not math.isnan(float(value)) for value in values)


class Live(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="wiremill-boards-")
        cls.addClassCleanup(cls.folder.cleanup)
        cls.world = cls.enterClassContext(World(cls.folder.name, times=TIMES, unit=UNIT))
        cls.end_of_beats = cls.enterClassContext(cls.world.heart())
        cls.began, cls.offset = time.time(), clock_offset()
        cls.world.feed(FEED_SECONDS)
        if abs(clock_offset() - cls.offset) > 1:  # Prometheus has seen a hole that no feed had
            cls.offset = clock_offset()
            cls.world.feed(FEED_SECONDS)

    def wait_for(self, what, seconds, condition):
        try:
            wait_for(what, seconds, condition)
        except AssertionError as late:
            lag = self.world.instant("wiremill_consumer_lag_records > 0")
            raise AssertionError(f"{late}\nthe machine's clock jumped by "
                                 f"{clock_offset() - self.offset:.1f} s meanwhile\n"
                                 f"firing: {self.world.firing()}\nlag: {lag}\n"
                                 f"{self.world.service.log()}") from None

    def unanswered(self, asked):
        """What is wrong with the answers, one line each."""
        end = time.time()
        for question in asked:
            try:
                answer = self.world.instant(question.expr) if question.now else \
                    self.world.range(question.expr, self.began, end, 2)
            except ValueError as error:
                yield f"{question.place}: {error}: {question.expr}"
                continue
            may_be_empty = question.may_be_empty or question.place in NOT_EVERY_DAY
            if not may_be_empty and not any(has_number(series) for series in answer):
                yield f"{question.place}: no answer: {question.expr}"

    def test_1_every_panel_variable_and_marker_is_answered(self):
        asked = list(questions.of_boards())
        self.assertGreater(len(asked), 60)
        self.assertEqual([], list(self.unanswered(asked)))

    def test_2_every_rule_is_answered(self):
        texts = [(pathlib.Path(self.folder.name) / f"{name}.yaml").read_text(encoding="utf-8")
                 for name in ("recording", "alerts")]
        asked = list(questions.of_rules(texts))
        self.assertGreater(len(asked), 60)
        self.assertEqual([], list(self.unanswered(asked)))

    def test_3_an_hour_of_news_wakes_nobody(self):
        firing = self.world.firing()
        self.assertIn("WiremillWatchdog", firing)
        self.assertEqual(set(), firing & {"WiremillDown", "WiremillAbsent", "WiremillFeedSilent",
                                          "WiremillLagHigh", "WiremillStalled"})

    def test_4_a_log_that_takes_no_commits_moves_the_lag(self):
        lag = "sum(wiremill_consumer_lag_records)"
        self.wait_for("no lag before", 10, lambda: self.world.instant(f"{lag} == 0"))
        began = time.time()
        self.world.flood(FLOOD)
        with self.world.log_blocked():
            self.wait_for("the alerts of failing lanes", 60, lambda: self.world.firing() >=
                     {"WiremillLanesFailing", "WiremillLagUnknown"})
        self.wait_for("the lag is worked off", 60, lambda: self.world.instant(f"{lag} == 0"))
        board, = (b for b in questions.boards() if b["uid"] == "wiremill-pipeline")
        for panel in questions.panels(board):
            if panel["title"].startswith("Lag"):
                expr = questions.filled(panel["targets"][0]["expr"], questions.chosen(board))
                values = [float(value) for series in self.world.range(expr, began, time.time(), 1)
                          for _, value in series["values"]]
                self.assertGreater(max(values) - min(values), 3, panel["title"])

    def test_5_a_silent_feed_is_noticed_although_heartbeats_come(self):
        self.assertNotIn("WiremillFeedSilent", self.world.firing())
        self.wait_for("the alert of silence", 900 / TIMES + 20,
                      lambda: "WiremillFeedSilent" in self.world.firing())
        self.assertNotIn("WiremillHeartbeatLost", self.world.firing())
        self.end_of_beats.set()
        self.wait_for("the alert of lost heartbeats", 20,
                      lambda: "WiremillHeartbeatLost" in self.world.firing())


if __name__ == "__main__":
    unittest.main(verbosity=2)

"""The three columns and their follow-ups, by every way in: the same facts, state and signals."""
import json
import pathlib
import re
import subprocess
import tempfile
import unittest

import feeds
from harness import Broker, PROGRAM, Service, checked, wait_for, wiremill


def by_story(records):
    return {r["event"]["id"]: r for r in records if not r["event"]["synthetic"]}


def says_nothing(signal):
    """All that the scope knew has faded. Whether it was ever published on the way depends on when
    its records came, and is not promised."""
    return not any(signal["values"].values()) and not signal["ledger"] and not signal["because"]


def is_over(signal, end):
    """A set of scenarios that closed before the end is told no more, and one that had closed before
    its first record came never was: it is no belief of the end."""
    return signal["scenario"] is not None and signal["scenario"]["closes"] < end


def core(signal):
    """What is promised equal between runs; when it was published last is not."""
    weights = signal["scenario"] and {one["id"]: round(one["weight"], 3)
                                      for one in signal["scenario"]["scenarios"]}
    return {"values": {name: value and round(value, 3)
                       for name, value in signal["values"].items()},
            "weights": weights, "ledger": signal["ledger"],
            "because": [b["fact"] for b in signal["because"]],
            "against": [b["fact"] for b in signal["against"]]}


def last_signals(records):
    """The core of the newest signal of each scope that has something to say."""
    last = {record["scope"]: record for record in records}
    end = max(record["as_of"] for record in last.values())
    return {scope: core(record) for scope, record in last.items()
            if not says_nothing(record) and not is_over(record, end)}


def waiting(service, topic):
    """Committed records of the topic that the service has not worked on yet."""
    lags = re.findall(r'^wiremill_consumer_lag_records\{[^}]*topic="%s"[^}]*\} (\S+)$' % topic,
                      service.get("/metrics")[1], re.M)
    assert lags, f"no lag of {topic} is told"
    return sum(float(lag) for lag in lags)


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


class Replayed:
    """What `wiremill replay` makes of some events."""

    def __init__(self, events, *args):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            (folder / "events").write_text("\n".join(events) + "\n", encoding="utf-8")
            checked(wiremill(None, "replay", folder / "events", "--facts", folder / "facts",
                             "--signals", folder / "signals", "--state", folder / "state", *args))
            self.facts = lines(folder / "facts")
            self.signals = lines(folder / "signals")
            self.state = (folder / "state").read_text(encoding="utf-8")

    def scenario(self, pack=feeds.PACK):
        found = [s for s in self.signals if s["scope"] == pack]
        return found[-1] if found else None

    def facts_of(self, story, **wanted):
        record = by_story(self.facts)[story]
        figures = {f["id"]: f for f in record["figures"]}
        found = []
        for fact in record["facts"]:
            if all(fact.get(key) == value for key, value in wanted.items()):
                found.append((fact, figures.get(fact["figure"])))
        return found


class FebruaryColumn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.column = Replayed([feeds.column("2026-02-capex")])

    def test_amazon_plans_200_billion_dollars_of_capex_in_2026(self):
        found = [(fact, figure) for fact, figure in self.column.facts_of(
                     "2026-02-capex", kind="capex", status="planned", modality="asserted")
                 if fact["subject"]["id"] == "AMZN" and figure]
        self.assertTrue(found)
        self.assertEqual({(g["low"], g["high"], g["currency"]) for _, g in found},
                         {("200000000000", "200000000000", "USD")})
        self.assertIn("2026-12-31", {f["period"]["end"] for f, _ in found if f["period"]})

    def test_the_group_figure_is_600_billion_dollars(self):
        found = [figure for fact, figure in self.column.facts_of("2026-02-capex", kind="capex")
                 if fact["subject"]["type"] == "group" and fact["subject"]["id"] == "hyperscalers"]
        self.assertTrue(found)
        self.assertEqual({g["low"] for g in found}, {"600000000000"})

    def test_it_names_17_companies(self):
        record = by_story(self.column.facts)["2026-02-capex"]
        self.assertEqual(sorted(c["id"] for c in record["companies"]),
                         sorted("AMZN MSFT GOOGL META AMAT ANET SMCI CRWV NVDA ASML TSM AVGO VRT "
                                "ETN SU BE ABB".split()))

    def test_its_hypothetical_tables_are_no_evidence(self):
        for kind in ("guidance", "geopolitics", "central_bank", "export_control"):
            asserted = self.column.facts_of("2026-02-capex", kind=kind, modality="asserted",
                                            newness="new", held=False)
            self.assertEqual([f["quotes"] for f, _ in asserted], [], kind)

    def test_it_does_not_move_its_own_pack(self):
        scenario = self.column.scenario()
        if scenario is not None:
            for one in scenario["scenario"]["scenarios"]:
                self.assertEqual(one["weight"], one["prior"])

    def test_the_facts_follow_an_edit(self):
        edited = Replayed([feeds.column("2026-02-capex", lambda text: text.replace(
            "2천억", "3,250억").replace("아마존", "오라클"))])
        found = [(fact["subject"]["id"], figure["low"]) for fact, figure in edited.facts_of(
                     "2026-02-capex", kind="capex", status="planned", modality="asserted")
                 if figure and fact["subject"]["type"] == "company"]
        self.assertIn(("ORCL", "325000000000"), found)
        self.assertNotIn("AMZN", {subject for subject, _ in found})


class FollowUps(unittest.TestCase):
    def moved(self, story):
        events = feeds.columns() + [e for e in feeds.follow_ups()
                                    if json.loads(e)["id"] == story]
        signal = Replayed(events).scenario()
        self.assertIsNotNone(signal, story)
        named = {b["story"] for b in signal["because"] + signal["against"]}
        self.assertEqual(named, {story})
        return {s["id"]: s["weight"] - s["prior"] for s in signal["scenario"]["scenarios"]}

    def test_weak_guidance_of_a_spender_favours_the_sell_off(self):
        moved = self.moved("weak-guidance")
        self.assertEqual(max(moved, key=moved.get), "selloff", moved)
        self.assertLess(moved["settles"], 0)

    def test_raised_guidance_of_a_supplier_favours_the_rally(self):
        moved = self.moved("raised-guidance")
        self.assertEqual(max(moved, key=moved.get), "rally", moved)
        self.assertLess(moved["selloff"], 0)

    def test_a_soft_print_favours_settling_and_rally(self):
        moved = self.moved("soft-cpi")
        self.assertGreater(moved["settles"], 0, moved)
        self.assertGreater(moved["rally"], 0, moved)
        self.assertLess(moved["selloff"], 0, moved)
        self.assertLess(moved["macro"], 0, moved)


class EveryWayIn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.events = feeds.columns() + feeds.follow_ups()
        cls.replayed = Replayed(cls.events + [feeds.beat(1), feeds.beat(2)])

    def same(self, facts, state, signals):
        self.assertEqual(by_story(facts), by_story(self.replayed.facts))
        self.assertEqual(state.strip(), self.replayed.state.strip())
        mine, theirs = last_signals(signals), last_signals(self.replayed.signals)
        self.assertEqual(sorted(mine), sorted(theirs))
        for scope, signal in mine.items():
            self.assertEqual(signal, theirs[scope], scope)

    def test_the_embedded_log_gives_what_the_replay_gives(self):
        with tempfile.TemporaryDirectory() as data:
            for part in (self.events, [feeds.beat(1)], [feeds.beat(2)]):
                subprocess.run([PROGRAM, "--data", data, "run", "--stdin", "--until-drained",
                                "--time", "received", "--no-http"],
                               input="\n".join(part) + "\n", text=True, check=True, timeout=60,
                               capture_output=True)
            export = checked(wiremill(None, "--data", data, "state", "export"))
            facts = [json.loads(l) for l in checked(
                wiremill(None, "--data", data, "tap", "facts")).splitlines()]
            signals = [json.loads(l) for l in checked(
                wiremill(None, "--data", data, "tap", "signals")).splitlines()]
        self.same(facts, export, signals)

    def test_kafka_with_four_partitions_and_two_processes_gives_what_the_replay_gives(self):
        with Broker() as broker:
            broker.lay_out(partitions=4)
            with Service(broker, "--stage", "extract", "--time", "received"), \
                    Service(broker, "--stage", "all", "--time", "received") as scoring:
                for part in (self.events, [feeds.beat(1)], [feeds.beat(2)]):
                    broker.produce("news", feeds.keyed(part))
                    wanted = len(broker.read("news"))
                    wait_for("all facts", 60,
                             lambda n=wanted: len(broker.read("wiremill.facts")) == n)
                    settled = []

                    def quiet():
                        settled.append(len(broker.read("wiremill.signals",
                                                       "wiremill.score-state")))
                        return len(settled) > 20 and len(set(settled[-20:])) == 1 \
                            and waiting(scoring, "wiremill.facts") == 0
                    wait_for("a settled score stage", 60, quiet)
            export = checked(wiremill(broker, "state", "export"))
            self.same(broker.json("wiremill.facts"), export, broker.json("wiremill.signals"))


if __name__ == "__main__":
    unittest.main(verbosity=2)

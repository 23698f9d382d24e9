"""What can be said of boards and rules without a running service."""
import json
import pathlib
import re
import subprocess
import tempfile
import unittest

import yaml

import questions
import scaled
from world import ROOT

BOARDS = ROOT / "dashboards"
RULES = [BOARDS / "rules/recording.yaml", BOARDS / "rules/alerts.yaml"]
KINDS = {"stat", "table", "timeseries", "heatmap", "state-timeline", "text"}  # no plugins
FIXED_WINDOWS = {"1h", "1d"}  # where the title says so
NEVER_IN_RATE = {  # counters that stand by themselves, with the reason
    "wiremill_restore_duration_seconds": "an average since the start: restores are rare"}


def listed_metrics():
    """{metric: (type, labels)} from the list in README.md, which a test holds against the page."""
    text = (BOARDS / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| ([^|]*)\|", text, flags=re.M)
    return {name: (kind, {label.strip() for label in labels.split(",") if label.strip()})
            for name, kind, labels in rows}


METRICS = listed_metrics()


def base_of(name):
    """The metric behind a series: a histogram's three kinds of series are one metric."""
    stem = re.sub(r"_(bucket|sum|count)$", "", name)
    return stem if METRICS.get(stem, ("", ()))[0] == "histogram" else name


def metrics_in(expr):
    return {base_of(name) for name in re.findall(r"(?<![\w:])((?:wiremill|process)_\w+)\b(?!:)",
                                                 re.sub(r'"[^"]*"', '""', expr))}


def promtool(*arguments):
    done = subprocess.run(["promtool", *map(str, arguments)], capture_output=True, text=True,
                          check=False)
    return done.returncode, done.stdout + done.stderr


class Boards(unittest.TestCase):
    def each_panel(self):
        for board in questions.boards():
            for panel in questions.panels(board):
                yield board, panel

    def each_expression(self):
        for board, panel in self.each_panel():
            for target in panel.get("targets", []):
                yield panel, target

    def test_the_files_are_what_the_generator_makes(self):
        done = subprocess.run([BOARDS / "make", "--check"], capture_output=True, text=True,
                              check=False)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)

    def test_there_are_two_boards_that_nobody_edits_in_the_browser(self):
        boards = questions.boards()
        self.assertEqual({"wiremill-signals", "wiremill-pipeline"}, {b["uid"] for b in boards})
        for board in boards:
            self.assertFalse(board["editable"])
            self.assertTrue(board["description"].endswith("?"), "the question that it answers")
            names = [variable["name"] for variable in board["templating"]["list"]]
            self.assertEqual(["datasource", "job", "instance"], names[:3])

    def test_every_panel_says_what_it_shows_and_what_to_do(self):
        titles = []
        for board, panel in self.each_panel():
            titles.append((board["uid"], panel["title"]))
            self.assertIn(panel["type"], KINDS)
            self.assertRegex(panel["description"], r"(?s)^.{30,}\n\n\*\*What to do:\*\* .{20,}")
        self.assertEqual(len(titles), len(set(titles)))

    def test_every_number_has_a_unit(self):
        for _, panel in self.each_panel():
            if panel["type"] == "table":
                units = [{p["id"] for p in o["properties"]} for o in
                         panel["fieldConfig"]["overrides"]]
                self.assertEqual(len(panel["targets"]), sum("unit" in one for one in units))
            elif panel["type"] != "text":
                self.assertTrue(panel["fieldConfig"]["defaults"].get("unit"))

    def test_panels_do_not_overlap_and_ids_are_unique(self):
        for board in questions.boards():
            everything = board["panels"] + [p for row in board["panels"]
                                            for p in row.get("panels", [])]
            ids = [panel["id"] for panel in everything]
            self.assertEqual(len(ids), len(set(ids)))
            taken = {}
            for panel in everything:
                at = panel["gridPos"]
                self.assertLessEqual(at["x"] + at["w"], 24)
                for x in range(at["x"], at["x"] + at["w"]):
                    for y in range(at["y"], at["y"] + at["h"]):
                        self.assertNotIn((x, y), taken, f"{panel['title']} lies on "
                                                        f"{taken.get((x, y))}")
                        taken[x, y] = panel["title"]

    def test_every_selector_follows_the_variables(self):
        for _, target in self.each_expression():
            self.assertEqual("${datasource}", target["datasource"]["uid"])
            for name, labels in re.findall(r"([\w:]*(?:wiremill|process)_[\w:]+|\bup)"
                                           r"(\{[^}]*\})?", target["expr"]):
                self.assertIn('job=~"$job"', labels, target["expr"])
                if ":" not in name:  # what is recorded is of all instances
                    self.assertIn('instance=~"$instance"', labels, target["expr"])

    def test_counters_are_rates_over_a_window_that_fits(self):
        for _, target in self.each_expression():
            expr = target["expr"]
            self.assertNotIn("vector(0)", expr)
            for window in re.findall(r"\[([^\]]+)\]", re.sub(r'"[^"]*"', '""', expr)):
                self.assertIn(window, FIXED_WINDOWS | {"$__rate_interval", "$__range"})
            for before, name in re.findall(r"(\w+\()?(?<!:)\b((?:wiremill|process)_\w+)\{", expr):
                metric = base_of(name)
                if METRICS[metric][0] != "gauge" and metric not in NEVER_IN_RATE:
                    self.assertIn(before, ("rate(", "increase("), expr)

    def test_labels_in_legends_and_groups_exist(self):
        for _, target in self.each_expression():
            metrics = metrics_in(target["expr"])
            known = {"job", "instance", "le"}.union(*(METRICS[name][1] for name in metrics))
            asked = set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]))
            for group in re.findall(r"\b(?:by|on|group_left) \(([^)]*)\)", target["expr"]):
                asked |= {label.strip() for label in group.split(",") if label.strip()}
            if metrics:
                self.assertLessEqual(asked, known, target["expr"])


class Rules(unittest.TestCase):
    def setUp(self):
        self.rules = [rule for path in RULES for rule in
                      questions.rules(path.read_text(encoding="utf-8"))]
        self.alerts = {rule["alert"]: rule for rule in self.rules if "alert" in rule}

    def test_promtool_finds_nothing(self):
        self.assertEqual(0, (done := promtool("check", "rules", "--lint=all", *RULES))[0], done[1])

    def test_every_alert_fires_and_keeps_quiet_when_it_should(self):
        cases = yaml.safe_load((ROOT / "tests/dashboards/alert_cases.yaml").read_text("utf-8"))
        self.assertEqual(set(self.alerts), set(cases))
        tests = []
        for alert, case in cases.items():
            tests.append(promtool_test(alert, case["after"], case["fires"], 1))
            if "always" not in case:
                tests.append(promtool_test(alert, case["after"], case["quiet"], None))
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "test.yaml"
            path.write_text(json.dumps({"rule_files": [str(rules) for rules in RULES],
                                        "evaluation_interval": "1m", "tests": tests}))
            status, text = promtool("test", "rules", path)
        self.assertEqual(0, status, text)

    def test_every_alert_says_how_bad_it_is_and_what_to_do(self):
        runbooks = (BOARDS / "runbooks.md").read_text(encoding="utf-8")
        headings = re.findall(r"^## (\w+)$", runbooks, flags=re.M)
        anchors = {f"dashboards/runbooks.md#{heading.lower()}" for heading in headings}
        for name, rule in self.alerts.items():
            with self.subTest(alert=name):
                self.assertRegex(name, r"^Wiremill[A-Z]")
                self.assertIn(rule["labels"]["severity"], ("critical", "warning", "info"))
                self.assertLess(len(rule["annotations"]["summary"]), 70)
                self.assertGreater(len(rule["annotations"]["description"]), 60)
                self.assertIn(rule["annotations"]["runbook"], anchors)
        used = {rule["annotations"]["runbook"] for rule in self.alerts.values()}
        self.assertEqual(anchors, used, "a runbook without its alert")

    def test_every_panel_names_alerts_that_exist(self):
        for board in questions.boards():
            for panel in questions.panels(board):
                for name in re.findall(r"\bWiremill\w+", panel["description"]):
                    self.assertTrue(any(alert.startswith(name) for alert in self.alerts), name)

    def test_shorter_rules_are_the_same_rules(self):
        for path in RULES:
            text = path.read_text(encoding="utf-8")
            shorter = scaled.shorter(text, 20)
            self.assertNotEqual(text, shorter)
            self.assertEqual(scaled.shape(text), scaled.shape(shorter))

    def test_every_metric_is_known_and_used_or_listed_with_a_reason(self):
        used = set()
        for question in questions.of_boards():
            used |= metrics_in(question.expr)
        for rule in self.rules:
            used |= metrics_in(rule["expr"])
        self.assertEqual(set(), used - set(METRICS), "not in the list of README.md")
        lines = (BOARDS / "unused-metrics").read_text(encoding="utf-8").splitlines()
        unused = dict(line.split(maxsplit=1) for line in lines if line and line[0] != "#")
        self.assertEqual(set(METRICS) - used, set(unused))

    def test_runbooks_name_metrics_that_exist(self):
        text = (BOARDS / "runbooks.md").read_text(encoding="utf-8")
        self.assertLessEqual(set(re.findall(r"wiremill_\w+", text)), set(METRICS))


class Provisioning(unittest.TestCase):
    def test_the_files_are_read_and_allow_no_edits(self):
        source, = yaml.safe_load((BOARDS / "provisioning/datasources/wiremill.yaml")
                                 .read_text(encoding="utf-8"))["datasources"]
        self.assertEqual(("prometheus", True), (source["type"], source["isDefault"]))
        provider, = yaml.safe_load((BOARDS / "provisioning/dashboards/wiremill.yaml")
                                   .read_text(encoding="utf-8"))["providers"]
        self.assertFalse(provider["allowUiUpdates"])


def promtool_test(alert, after, series, count):
    """One case as promtool wants it. `count` of firing alerts, or None."""
    named = []
    for name, values in series.items():
        own = name[name.index("{") + 1:-1]
        labels = [] if "job=" in own else ['job="wiremill"']
        labels += ['instance="a"'] + ([own] if own else [])
        named.append({"series": f"{name[:name.index('{')]}{{{','.join(labels)}}}",
                      "values": str(values)})
    expected = [] if count is None else [{"labels": "{}", "value": count}]
    return {"name": f"{alert} {'keeps quiet' if count is None else 'fires'}", "interval": "1m",
            "input_series": named, "promql_expr_test": [
                {"expr": f'count(ALERTS{{alertname="{alert}",alertstate="firing"}})',
                 "eval_time": after, "exp_samples": expected}]}


if __name__ == "__main__":
    unittest.main(verbosity=2)

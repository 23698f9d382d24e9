#!/usr/bin/python3
"""The golden cases are whole and cover what they promise; the command counts what it should."""
import json
import pathlib
import tempfile
import unittest

import corpus
import limits
import situations
from measure import Tally

SCHEMA = json.loads((corpus.ROOT / "schemas/facts.schema.json").read_text(encoding="utf-8"))


def figure(text="$5 billion", low="5000000000", **changes):
    start = changes.pop("start", 0)
    return {"id": f"f{start}", "field": "body", "start": start, "end": start + len(text),
            "text": text, "kind": "money", "unit": None, "low": low, "high": low,
            "bound": "exact", "currency": "USD", "currency_basis": "stated", "per": None,
            "role": "level", "same_as": None, "converts": None, "flags": []} | changes


def fact(**changes):
    return {"kind": "capex", "subject": {"id": "AMZN", "text": "Amazon"}, "role": None,
            "parties": [], "metric": "capex", "qualifier": {}, "figure": "f0", "comparator": None,
            "period": None, "status": "planned", "modality": "asserted", "newness": "new",
            "direction": None, "surprise": None, "stance": None, "polarity": "affirmed",
            "claimant": {"type": "company", "via": None}, "held": False, "flags": [],
            "rule": "r", "quotes": [{"text": "words"}]} | changes


def record(facts=(), figures=None, companies=()):
    return {"schema": "wiremill.facts", "facts": list(facts), "companies": list(companies),
            "figures": [figure()] if figures is None else figures}


def case(**fields):
    return {"id": "c", "theme": "t", "text": "$5 billion and $7 billion", "facts": []} | fields


WANTED = {"kind": "capex", "subject": "AMZN", "value": "5000000000", "currency": "USD"}


def tallied(wanted, got):
    tally = Tally()
    tally.add(wanted, got)
    return tally


class Corpus(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cases = {name: corpus.read(name) for name in corpus.LANGUAGES}

    def test_there_are_four_hundred_in_each_language_and_a_third_is_aside(self):
        for lang, cases in self.cases.items():
            self.assertGreaterEqual(len(cases), 400, lang)
            aside = sum(corpus.is_aside(each["id"]) for each in cases)
            self.assertTrue(0.26 < aside / len(cases) < 0.4, f"{lang}: {aside}")

    def test_every_phrasing_situation_and_rule_is_covered(self):
        for lang, cases in self.cases.items():
            themes = {each["theme"] for each in cases}
            tuned = {each["theme"] for each in cases if not corpus.is_aside(each["id"])}
            wanted = [f"phrasing-{n:02}" for n in range(1, 31)]
            self.assertEqual(set(wanted) - themes, set(), lang)
            wanted = ([f"rule-{n:02}" for n in range(1, 15)]
                      + [f"situation-{n:02}" for n in range(1, 26)])
            self.assertEqual(set(wanted) - tuned, set(), lang)

    def test_every_kind_of_fact_is_covered(self):
        kinds = set(SCHEMA["$defs"]["fact_kind"]["enum"])
        for lang, cases in self.cases.items():
            themes = {each["theme"].removeprefix("kind-") for each in cases}
            self.assertEqual(kinds - themes, set(), lang)

    def test_no_text_stands_twice(self):
        texts = [corpus.words_of(each) for cases in self.cases.values() for each in cases]
        self.assertEqual([text for text in set(texts) if texts.count(text) > 1], [])

    def test_the_three_columns_are_annotated_with_what_must_not_be_found(self):
        columns = corpus.read("columns")
        self.assertEqual(len(columns), 3)
        for each in columns:
            self.assertGreater(len(each["facts"]), 4, each["id"])
            self.assertGreater(len(each["not"]), 15, each["id"])

    def test_every_mistake_of_a_file_is_named_at_once(self):
        with tempfile.TemporaryDirectory() as folder:
            lines = [case(figures=[{"text": "$9"}]), case(facts=[{"subject": "AMZN"}], speed=1)]
            path = pathlib.Path(folder) / "bad.ndjson"
            path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
            with self.assertRaises(corpus.Fault) as caught:
                corpus.read("bad", pathlib.Path(folder))
        words = str(caught.exception)
        for part in ("bad.ndjson:1: figure '$9' does not stand", "bad.ndjson:2: unknown fields",
                     "names no kind", "stands twice"):
            self.assertIn(part, words)

    def test_the_part_depends_on_the_id_alone(self):
        self.assertEqual(corpus.part_of(case()), corpus.part_of(case(text="other")))
        self.assertEqual(corpus.part_of(case(file="tests/columns/x.txt")), "columns")


class Counting(unittest.TestCase):
    def test_a_fact_as_expected_is_right(self):
        tally = tallied(case(facts=[WANTED]), record([fact()]))
        self.assertEqual(tally.rates()["capex"], {"recall": 1, "precision": 1, "f1": 1})
        self.assertEqual(tally.faults, [])

    def test_another_value_is_a_wrong_value_and_another_status_is_not(self):
        tally = tallied(case(facts=[WANTED]), record([fact()], [figure(low="50000000000")]))
        self.assertEqual(tally.wrong_values(), (1, 1))
        tally = tallied(case(facts=[WANTED | {"status": "actual"}]), record([fact()]))
        self.assertEqual([f.word for f in tally.faults], ["wrong"])
        self.assertEqual(tally.wrong_values(), (0, 1))

    def test_what_nobody_expects_is_told_with_the_reason(self):
        tally = tallied(case(**{"not": [{"text": "words", "why": "a condition"}]}),
                        record([fact()]))
        self.assertIn("a condition", tally.faults[0].words)
        self.assertEqual(tally.faults[0].word, "unexpected")

    def test_a_held_fact_is_missing_and_counts_as_true_when_only_holding_it_was_wrong(self):
        tally = tallied(case(facts=[WANTED]), record([fact(held=True)]))
        self.assertEqual([f.word for f in tally.faults], ["missing"])
        self.assertEqual((tally.held, tally.held_true, tally.stated), (1, 1, 1))
        slip = WANTED | {"held": True}
        tally = tallied(case(facts=[slip]), record([fact(held=True)]))
        self.assertEqual((tally.faults, tally.held, tally.held_true), ([], 1, 0))

    def test_amounts_of_money_are_complete_and_other_figures_are_not(self):
        listed = case(figures=[{"text": "$5 billion", "value": "5000000000"}])
        other = figure("$7 billion", "7000000000", start=15)
        self.assertEqual(len(tallied(listed, record([], [figure(), other])).faults), 1)
        year = other | {"kind": "duration"}
        self.assertEqual(tallied(listed, record([], [figure(), year])).faults, [])

    def test_a_figure_may_be_optional_but_never_wrong(self):
        listed = case(figures=[{"text": "$5 billion", "value": "5000000000", "optional": True}])
        self.assertEqual(tallied(listed, record([], [])).faults, [])
        wrong = tallied(listed, record([], [figure(low="5")]))
        self.assertEqual((wrong.faults[0].word, wrong.wrong_values()), ("wrong", (1, 1)))

    def test_a_conversion_must_be_linked(self):
        listed = case(figures=[{"text": "$5 billion", "converts": True}])
        self.assertEqual(tallied(listed, record()).faults[0].word, "wrong")
        linked = record([], [figure(converts="f9")])
        self.assertEqual(tallied(listed, linked).faults, [])

    def test_words_that_are_no_figure_must_stay_unread(self):
        tally = tallied(case(not_figures=["$7"]), record([], [figure("$7", "7", start=15)]))
        self.assertEqual([f.word for f in tally.faults], ["unexpected"])

    def test_companies_are_complete_except_those_that_may_be_left(self):
        found = [{"id": "AMZN", "ticker": "AMZN"}, {"id": None, "ticker": "CCL"}]
        def words(**fields):
            return [(f.word, f.words) for f in
                    tallied(case(**fields), record(companies=found)).faults]
        self.assertEqual(words(companies=["AMZN", "CCL"]), [])
        self.assertEqual(words(companies=["AMZN", "?CCL", "?V"]), [])
        self.assertEqual(words(companies=["AMZN", "V"]), [("missing", "V"), ("unexpected", "CCL")])
        self.assertEqual(words(not_companies=["CCL"]), [("unexpected", "CCL")])

    def test_a_flag_of_a_company_must_be_there(self):
        found = [{"id": "SMCI", "ticker": "SMCI", "flags": ["ticker_conflict"]}]
        wanted = case(company_flags={"SMCI": "ticker_conflict"})
        self.assertEqual(tallied(wanted, record(companies=found)).faults, [])
        self.assertEqual(len(tallied(wanted, record()).faults), 1)

    def test_a_dead_letter_is_a_fault(self):
        tally = tallied(case(), {"schema": "wiremill.dead-letter", "reason": "bad_json"})
        self.assertEqual(tally.faults[0].kind, "event")


class Limits(unittest.TestCase):
    def test_a_rate_that_falls_and_one_that_vanishes_are_behind(self):
        old = {"tuning ko": {"capex": {"f1": 0.5}, "order": {"f1": 0.2},
                             "wrong values": {"wrong": 0.01}}}
        now = {"tuning ko": {"capex": {"f1": 0.6}, "wrong values": {"wrong": 0.02}}}
        kept, behind = limits.compared(old, now)
        self.assertEqual(kept, 1)
        self.assertEqual(behind, ["tuning ko order: f1 0 against 0.2",
                                  "tuning ko wrong values: wrong 0.02 against 0.01"])

    def test_the_ratchet_takes_the_better_and_forgets_nothing(self):
        old = {"tuning ko": {"capex": {"f1": 0.5}, "order": {"f1": 0.2}}}
        now = {"tuning ko": {"capex": {"f1": 0.4}, "wrong values": {"wrong": 0.1}}}
        self.assertEqual(limits.ratcheted(old, now)["tuning ko"],
                         {"capex": {"f1": 0.5}, "order": {"f1": 0.2},
                          "wrong values": {"wrong": 0.1}})

    def test_of_what_is_aside_only_totals_are_held(self):
        tally = tallied(case(facts=[WANTED]), record([fact()]))
        both = limits.reached({("aside", "ko"): tally, ("tuning", "ko"): tally})
        self.assertEqual(set(both["aside ko"]), {"all facts", "wrong values"})
        self.assertEqual(set(both["tuning ko"]), {"all facts", "capex", "wrong values"})


class Gaps(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        names = [f"en-situation-01-{n}" for n in range(9)]
        cls.tuned = [name for name in names if not corpus.is_aside(name)]
        cls.aside = next(name for name in names if corpus.is_aside(name))
        cls.cases = [case(id=name, theme="situation-01") for name in names]

    def test_a_situation_that_breaks_fails_unless_it_is_a_known_gap(self):
        first, *rest = self.tuned
        passed, failed = situations.compared(self.cases, set(rest), {})
        self.assertEqual((passed, len(failed)), (len(rest), 1))
        self.assertIn("no known gap", failed[0])
        self.assertEqual(situations.compared(self.cases, set(rest), {first: "why"})[1], [])

    def test_every_situation_is_a_line_by_its_name(self):
        known = {self.tuned[0]: "why"}
        found = situations.lines(self.cases, set(self.tuned[2:]), known)
        self.assertEqual(len(found), 25)
        self.assertRegex(found[0], "^FAILED  situation-01  forty outlets")
        self.assertRegex(situations.lines(self.cases, set(self.tuned[1:]), known)[0],
                         "^gap     situation-01 .* right, 1 known gaps$")

    def test_a_gap_that_has_closed_must_go(self):
        _, failed = situations.compared(self.cases, set(self.tuned), {self.tuned[0]: "why"})
        self.assertIn("take it out", failed[0])

    def test_the_ratchet_strikes_what_has_closed_and_nothing_else(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "gaps.txt"
            path.write_text("# why: so\na: one\n\nb: two\n", "utf-8")
            limits.strike({"a", "c"}, path)
            self.assertEqual(path.read_text("utf-8"), "# why: so\n\nb: two\n")

    def test_what_is_aside_is_neither_tested_nor_a_gap(self):
        _, failed = situations.compared(self.cases, set(self.tuned), {self.aside: "why"})
        self.assertIn("no situation of the tuning part", failed[0])

    def test_a_gap_needs_a_reason(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "gaps.txt"
            path.write_text("# a comment\nen-situation-01-a: nothing links them\n", "utf-8")
            self.assertEqual(limits.gaps(path), {"en-situation-01-a": "nothing links them"})
            path.write_text("en-situation-01-a\n", "utf-8")
            self.assertRaises(corpus.Fault, limits.gaps, path)


if __name__ == "__main__":
    unittest.main(verbosity=2)

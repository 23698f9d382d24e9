#!/usr/bin/python3
"""The matching behind tests/sample/compare, on records written by hand."""
import unittest

from expectations import interval, judge, settled


def fact(figure=None, **fields):
    base = {"kind": "capex", "subject": {"type": "company", "id": "AMZN", "text": "Amazon"},
            "role": "spender", "parties": [], "metric": "capex", "qualifier": {}, "figure": figure,
            "measures": [], "comparator": None, "period": None, "status": "planned",
            "modality": "asserted", "newness": "new", "direction": None, "surprise": None,
            "stance": None, "polarity": "affirmed",
            "claimant": {"type": "company", "id": None, "text": None, "via": None},
            "held": False, "flags": [], "rule": "r", "quotes": []}
    return {**base, **fields}


def record(*facts, f1="200", f2="131"):
    figures = [{"id": name, "kind": "money", "unit": None, "low": value, "high": value,
                "bound": "exact", "currency": "USD", "per": None}
               for name, value in (("f1", f1), ("f2", f2))]
    return {"figures": figures, "facts": list(facts)}


def counts(expected, got):
    result = judge(expected, got)
    return (len(result.right), len(result.wrong), len(result.missing), len(result.unexpected))


AMAZON_200 = {"kind": "capex", "subject": "AMZN", "value": "200", "currency": "USD"}


class WhatIsRight(unittest.TestCase):
    def test_only_the_fields_that_are_given_are_compared(self):
        self.assertEqual(counts([AMAZON_200], record(fact("f1", direction="up"))), (1, 0, 0, 0))

    def test_a_list_means_any_of_its_values(self):
        got = record(fact("f1", status="guided"))
        self.assertEqual(counts([{**AMAZON_200, "status": ["planned", "guided"]}], got),
                         (1, 0, 0, 0))
        self.assertEqual(counts([{**AMAZON_200, "status": ["actual"]}], got), (0, 1, 0, 0))

    def test_nothing_expected_and_nothing_taken_is_right(self):
        self.assertEqual(counts([], record()), (0, 0, 0, 0))

    def test_a_loose_expectation_leaves_the_fact_that_a_strict_one_needs(self):
        loose = {"kind": "capex", "subject": "AMZN"}
        got = record(fact("f1"), fact("f2"))
        self.assertEqual(counts([loose, AMAZON_200], got), (2, 0, 0, 0))
        self.assertEqual(counts([AMAZON_200, loose], got), (2, 0, 0, 0))

    def test_the_same_statement_twice_is_one(self):
        got = record(fact("f1"), fact("f1"), fact(None))
        self.assertEqual(counts([AMAZON_200], got), (1, 0, 0, 0))

    def test_a_repeat_may_say_less(self):
        more = {**AMAZON_200, "direction": "up", "comparator": "prior_year", "party": "NVDA"}
        told = fact("f1", direction="up", comparator={"relation": "prior_year", "figure": "f2"},
                    parties=[{"id": "NVDA", "text": "Nvidia"}])
        self.assertEqual(counts([more], record(told, fact("f1"), fact(None))), (1, 0, 0, 0))

    def test_a_repeat_is_not_taken_for_another_statement(self):
        other = {"kind": "capex", "subject": "AMZN", "value": "131"}
        got = record(fact("f1", direction="up"), fact("f1"))
        self.assertEqual(counts([{**AMAZON_200, "direction": "up"}, other], got), (1, 0, 1, 0))

    def test_a_repeat_may_round(self):
        self.assertEqual(counts([AMAZON_200], record(fact("f1"), fact("f2"), f2="201")),
                         (1, 0, 0, 0))
        self.assertEqual(counts([AMAZON_200], record(fact("f1"), fact("f2"), f2="205")),
                         (1, 0, 0, 1))

    def test_null_wants_an_open_end_or_no_period(self):
        wanted = {**AMAZON_200, "period": None}
        self.assertEqual(counts([wanted], record(fact("f1"))), (1, 0, 0, 0))
        year = {"text": "2026", "start": "2026-01-01", "end": "2026-12-31"}
        self.assertEqual(counts([wanted], record(fact("f1", period=year))), (0, 1, 0, 0))
        self.assertEqual(counts([{**AMAZON_200, "period": "2026"}],
                                record(fact("f1", period=year))), (1, 0, 0, 0))


class WhatIsNot(unittest.TestCase):
    def test_another_value_is_wrong_and_names_both(self):
        result = judge([AMAZON_200], record(fact("f2")))
        self.assertEqual((len(result.wrong), len(result.missing), len(result.unexpected)),
                         (1, 0, 0))
        self.assertIn("low: wanted 200, got 131", result.wrong[0][2])

    def test_the_value_under_another_subject_is_wrong(self):
        meta = {"type": "company", "id": "META", "text": "Meta"}
        self.assertEqual(counts([AMAZON_200], record(fact("f1", subject=meta))), (0, 1, 0, 0))

    def test_another_subject_and_another_value_are_missing_and_unexpected(self):
        meta = {"type": "company", "id": "META", "text": "Meta"}
        self.assertEqual(counts([AMAZON_200], record(fact("f2", subject=meta))), (0, 0, 1, 1))

    def test_another_kind_is_missing_and_unexpected(self):
        self.assertEqual(counts([AMAZON_200], record(fact("f1", kind="funding"))), (0, 0, 1, 1))

    def test_what_is_asserted_where_nothing_is_expected_is_unexpected(self):
        self.assertEqual(counts([], record(fact("f1"))), (0, 0, 0, 1))

    def test_what_is_not_asserted_new_and_free_is_nothing_taken(self):
        for marks in ({"modality": "conditional"}, {"newness": "background"}, {"held": True}):
            with self.subTest(marks):
                self.assertEqual(counts([], record(fact("f1", **marks))), (0, 0, 0, 0))
                self.assertEqual(counts([AMAZON_200], record(fact("f1", **marks))), (0, 0, 1, 0))
                self.assertEqual(counts([{**AMAZON_200, **marks}], record(fact("f1", **marks))),
                                 (1, 0, 0, 0))

    def test_a_denied_plan_read_as_a_plan_is_wrong(self):
        wanted = {"kind": "capex", "subject": "AMZN", "status": "denied"}
        self.assertEqual(counts([wanted], record(fact(None))), (0, 1, 0, 0))
        self.assertEqual(counts([AMAZON_200], record(fact("f1", polarity="negated"))),
                         (0, 1, 0, 0))

    def test_a_second_fact_with_another_value_is_no_repeat(self):
        self.assertEqual(counts([AMAZON_200], record(fact("f1"), fact("f2"))), (1, 0, 0, 1))

    def test_a_repeat_under_another_subject_or_status_is_unexpected(self):
        meta = {"type": "company", "id": "META", "text": "Meta"}
        planned = {**AMAZON_200, "status": "planned"}
        for other in ({"subject": meta}, {"status": "actual"}):
            with self.subTest(other):
                self.assertEqual(counts([planned], record(fact("f1"), fact("f1", **other))),
                                 (1, 0, 0, 1))

    def test_a_repeat_in_the_other_direction_is_unexpected(self):
        got = record(fact("f1", direction="up"), fact(None, direction="down"))
        self.assertEqual(counts([{**AMAZON_200, "direction": "up"}], got), (1, 0, 0, 1))

    def test_what_may_be_taken_or_left_must_be_right_when_taken(self):
        maybe = {**AMAZON_200, "optional": True}
        self.assertEqual(counts([maybe], record()), (0, 0, 0, 0))
        self.assertEqual(counts([maybe], record(fact("f1"))), (0, 0, 0, 0))
        self.assertEqual(counts([maybe], record(fact("f2"))), (0, 1, 0, 0))


class HowItIsWritten(unittest.TestCase):
    def test_short_periods_are_calendar_intervals(self):
        for short, whole in (("2026", "2026-01-01/2026-12-31"),
                             ("2026-Q1", "2026-01-01/2026-03-31"),
                             ("2025-H2", "2025-07-01/2025-12-31"),
                             ("2024-02", "2024-02-01/2024-02-29"),
                             ("2026-02-05", "2026-02-05/2026-02-05"),
                             ("2025-09-01/2026-08-31", "2025-09-01/2026-08-31"), (None, None)):
            self.assertEqual(interval(short), whole)

    def test_a_misspelt_period_is_refused(self):
        for wrong in ("FY2026", "2026-Q5", "2026-13", "26", "2026-Q"):
            with self.subTest(wrong), self.assertRaises(ValueError):
                interval(wrong)

    def test_a_misspelt_field_is_refused(self):
        with self.assertRaises(ValueError):
            settled({"kind": "capex", "subjekt": "AMZN"})
        with self.assertRaises(ValueError):
            settled({"subject": "AMZN"})


if __name__ == "__main__":
    unittest.main(verbosity=2)

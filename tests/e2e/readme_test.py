"""The README's five minutes say what the program says."""
import unittest

import tour


class FiveMinutes(unittest.TestCase):
    def setUp(self):
        self.text = tour.README.read_text(encoding="utf-8")
        self.maxDiff = None

    def test_every_output_is_what_the_commands_print(self):
        self.assertGreater(sum(step.fence is not None for step in tour.steps(self.text)), 4)
        self.assertEqual(self.text, tour.written(self.text),
                         "tests/e2e/tour.py --write puts the new words in")

    def test_a_word_that_the_program_does_not_say_is_found_and_mended(self):
        before, inside, after = tour.section(self.text)
        first = tour.FENCES.search(inside.split("supposition", 1)[1])[0]
        few = before + "A plan:\n\n" + first.replace("200 bn USD", "250 bn USD") + after
        self.assertNotEqual(first, first.replace("200 bn USD", "250 bn USD"))
        self.assertEqual(tour.written(few), before + "A plan:\n\n" + first + after)

    def test_a_command_that_fails_ends_the_tour(self):
        before, _, after = tour.section(self.text)
        with self.assertRaisesRegex(AssertionError, "(?s)ends with 2.*no-such"):
            tour.written(before + "\n```\nwiremill no-such\n```\n" + after)


class Shortening(unittest.TestCase):
    def test_a_fence_says_where_it_begins_and_how_many_lines_it_keeps(self):
        step = tour.Step("", 'text from "two" lines 2', "")
        self.assertEqual(step.shortened("one\ntwo\nthree\nfour\n"), "two\nthree\n…\n")
        self.assertEqual(step.shortened("nothing of it\n"), "")

    def test_what_varies_is_shown_by_its_stand_in(self):
        self.assertEqual(tour.normal("\x1b[1mread\x1b[0m in 3.1 s at 2026-02-16T00:20:00.5Z\r\n"),
                         "read in … s at 20…Z\n")

    def test_long_lines_are_cut_by_what_a_terminal_shows(self):
        self.assertEqual(tour.cut("a" * tour.COLUMNS), "a" * tour.COLUMNS)
        self.assertEqual(tour.cut("a" * (tour.COLUMNS + 1)), "a" * (tour.COLUMNS - 1) + "…")
        self.assertEqual(tour.cut("가" * tour.COLUMNS), "가" * (tour.COLUMNS // 2 - 1) + "…")


if __name__ == "__main__":
    unittest.main(verbosity=2)

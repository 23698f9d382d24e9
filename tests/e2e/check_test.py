"""`wiremill check` names all mistakes of a catalogue in one run, each with its place."""
import pathlib
import shutil
import tempfile
import unittest

from harness import ROOT, wiremill

RULE = """\
  - id: {id}
    kind: {kind}
    all: [[{words}]]
    subject: company
    {more}
"""

BROKEN = """\
groups:
  - {id: pair, name: Pair, members: [NVDA, AMZM]}
metrics:
  - {id: capex, name: Capital expenditure again}
companies:
  - {id: NEWCO, name: New Works, aliases: [Nvidia], valid_from: 2026-02-01, valid_to: 2025-02-01}
  - {id: AMZN, name: Amazon Works}
ambiguities:
  - {word: XX, company: NVDIA}
impacts:
  - {id: outlook, half_life_days: 3, when: {kind: index_outlook, sector: memmory},
     strengths: {memory: {demand: 0.5}}}
  - {id: hurt, half_life_days: 3, when: {kind: capex, subject: NVDIA},
     strengths: {memory: {demnd: 0.5}}}
reference:
  - {subject: AMZN, metrics: [capex], period: FY2025, value: 131000000000, unit: USD,
     as_of: 2026-02-05}
  - {subject: AMZN, metrics: [capex], period: FY2024, value: 83000000000, unit: USD,
     source: "Amazon, results for the fourth quarter of 2024"}
compnies: []
rules:
"""

RULES = "".join([
    RULE.format(id="untested", kind="capex", words="measure.capex", more="metric: capexx"),
    RULE.format(id="kindless", kind="capx", words="measure.capxe", more="patern: capex\n"
                "    tests: [{text: x, facts: [{kind: capex, valeu: '1'}]}]"),
    RULE.format(id="unclosed", kind="capex", words="measure.capex", more="pattern: '(capex'\n"
                "    tests: [{text: x, facts: []}]"),
    RULE.format(id="anything", kind="capex", words="measure.capex", more="pattern: '(capex)*'\n"
                "    tags: [sitte]\n"
                "    tests: [{text: x, facts: [{kind: capx}]}]"),
])

EXPECTED = [
    'zz.yaml:2: group "pair": company "AMZM" does not exist, did you mean "AMZN"?',
    'zz.yaml:4: metric "capex" stands twice, first in metrics.yaml:',
    'companies/chips.yaml:4: company "NVDA": the name "Nvidia" is already one of "NEWCO" in '
    'zz.yaml:6; list it under "ambiguous" of both',
    'zz.yaml:6: company: "valid_to" must be later than "valid_from"',
    'zz.yaml:7: company "AMZN" stands twice, first in companies/cloud.yaml:',
    'zz.yaml:9: ambiguity "XX": company "NVDIA" does not exist, did you mean "NVDA"?',
    'zz.yaml:11: impact "outlook": no rule yields facts of the kind "index_outlook"',
    'zz.yaml:11: impact "outlook": sector "memmory" does not exist, did you mean "memory"?',
    'zz.yaml:13: impact "hurt": subject "NVDIA" does not exist, did you mean "NVDA"?',
    'zz.yaml:13: impact "hurt": aspect "demnd" does not exist, did you mean "demand"?',
    'zz.yaml:16: reference "AMZN capex FY2025 2026-02-05T00:00:00Z" stands twice, '
    'first in reference.yaml:',
    'zz.yaml:16: reference: "source" is missing',
    'zz.yaml:18: reference: "as_of" is missing',
    'zz.yaml:20: unknown section "compnies", did you mean "companies"?',
    'zz.yaml:22: rule "untested": no test; give a text and the facts that it must yield',
    'zz.yaml:22: rule "untested": metric "capexx" does not exist, did you mean "capex"?',
    'zz.yaml:28: rule: "kind" is "capx", must be one of: capex, contract,',
    'market_size, stated_probability, did you mean "capex"?',
    'zz.yaml:27: rule "kindless": word class "measure.capxe" does not exist, did you mean '
    '"measure.capex"?',
    'zz.yaml:31: rule: unknown key "patern", did you mean "pattern"?',
    'pack: unknown key "trigers", did you mean "triggers"?',
    'rule "kindless": a test expects "valeu", which no fact has, did you mean "value"?',
    'zz.yaml:33: rule "unclosed": pattern "(capex": missing ): (capex',
    'zz.yaml:33: rule "unclosed": no test expects a fact; give a text that yields one',
    'zz.yaml:39: rule "anything": pattern "(capex)*" matches an empty text, and so every sentence',
    'zz.yaml:39: rule "anything": tag "sitte" is unknown, did you mean "site"?',
    'rule "anything": a test expects the kind "capx", which does not exist, did you mean "capex"?',
    'packs/capex-shock-2026.yaml:',
    'the priors sum to 1.1, must sum to 1',
    'pack: "opens" and "closes" must be dates in that order',
    'weights: "denial" is "3", must be a number in 0…1',
    'weights: magnitude "low" is above "high"',
]


class Check(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="wiremill-check-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.catalog = self.folder / "catalog"
        shutil.copytree(ROOT / "deploy/catalog", self.catalog)

    def check(self, *args):
        return wiremill(None, "--catalog", self.catalog, *args, "check")

    def change(self, name, old, new):
        path = self.catalog / name
        text = path.read_text()
        self.assertIn(old, text, name)
        path.write_text(text.replace(old, new, 1))

    def test_what_ships_has_no_mistake_and_its_tests_hold(self):
        done = self.check()
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertRegex(done.stdout, r"^\S+: \d+ files, \d+ rules with \d+ tests, \d+ companies: "
                                      r"nothing wrong; took \d+\.\d s\n$")

    def test_every_mistake_is_named_in_one_run_with_its_place_and_a_suggestion(self):
        (self.catalog / "zz.yaml").write_text(BROKEN + RULES)
        self.change("packs/capex-shock-2026.yaml", "prior: 0.40", "prior: 0.50")
        self.change("packs/capex-shock-2026.yaml", "  triggers:", "  trigers:")
        self.change("packs/capex-shock-2026.yaml", "closes: 2026-03-13", "closes: 2026-01-13")
        self.change("weights.yaml", "denial: 0.3", "denial: 3")
        self.change("weights.yaml", "  low: ", "  low: 9")
        done = self.check()
        self.assertEqual(done.returncode, 2, done.stderr)
        for line in EXPECTED:
            self.assertIn(line, done.stdout)
        self.assertIn(": 30 mistakes, the tests were not run; took ", done.stdout.splitlines()[-1])

    def test_the_service_refuses_to_start_for_the_same_reasons(self):
        self.change("weights.yaml", "denial: 0.3", "denial: 3")
        done = wiremill(None, "--catalog", self.catalog, "extract", input="")
        self.assertEqual(done.returncode, 2)
        self.assertIn(self.check().stdout.splitlines()[0], done.stderr)

    def test_a_file_that_is_no_yaml_hides_no_other_mistake_and_brings_no_false_ones(self):
        self.change("metrics.yaml", "metrics:", "metrics: ]")
        self.change("weights.yaml", "denial: 0.3", "denial: 3")
        done = self.check()
        self.assertEqual(done.returncode, 2)
        lines = done.stdout.splitlines()
        self.assertEqual(len(lines), 3, done.stdout)
        self.assertIn("metrics.yaml:", lines[0])
        self.assertIn("not YAML", lines[0])
        self.assertIn('"denial" is "3"', lines[1])

    def test_a_list_of_companies_is_checked_with_it(self):
        listing = self.folder / "more.csv"
        listing.write_text("id,name,tiker\nZZZ,Zed Works,ZZZ\n")
        done = self.check("--companies", listing)
        self.assertEqual(done.returncode, 2)
        self.assertIn('unknown column "tiker", did you mean "ticker"?', done.stdout)

    def test_a_test_that_does_not_hold_shows_what_was_expected_and_what_came(self):
        self.change("rules/capex.yaml", 'value: "180000000000"', 'value: "18000000000"')
        done = self.check()
        self.assertEqual(done.returncode, 4, done.stdout)
        self.assertRegex(done.stdout, r'rules/capex\.yaml:\d+: rule "capex\.amount": the test does '
                                      r'not hold\n  text      아마존은 2026년')
        self.assertIn("\n  differs   value: 180000000000, not 18000000000\n", done.stdout)
        self.assertRegex(done.stdout, r"\n  got       .*subject: AMZN")
        self.assertIn(": 1 expectation not met; took ", done.stdout.splitlines()[-1])

    def test_a_missing_folder_is_named(self):
        done = wiremill(None, "--catalog", self.folder / "nowhere", "check")
        self.assertEqual(done.returncode, 2)
        self.assertIn("nowhere", done.stderr)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/python3
"""Shows each rule of tidy.py a bad snippet that it must catch and a good one that it must not."""
import tempfile
import unittest
from pathlib import Path

import tidy

HEADER = "#pragma once\n// What it is.\n\n"
BUILD = "room(base CONTRACTS tl::expected LIBRARIES fmt::fmt)\n" \
        "room(score USES base LIBRARIES fmt::fmt)\n" \
        "room(wire USES base LIBRARIES simdjson::simdjson)\n"
SUITES = "suite(base ROOMS base)\nsuite(stream AS_ONE ROOMS wire base LABELS slow)\n"


class TidyTest(unittest.TestCase):
    def breaches(self, rule, files):
        """The places 'path:line' where the rule says that a tree of these files is wrong."""
        with tempfile.TemporaryDirectory() as folder:
            tree = {"src/CMakeLists.txt": BUILD, "tests/CMakeLists.txt": SUITES, **files}
            for name, text in tree.items():
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return [f"{breach.path}:{breach.line}" for name, breach in tidy.breaches_of(folder)
                    if name == rule]

    def check(self, rule, bad, good):
        """`bad` maps a place to the file's text; each must be caught exactly there."""
        for place, text in bad.items():
            name = place.rsplit(":", 1)[0]
            self.assertEqual(self.breaches(rule, {name: text}), [place], f"{rule}\n{text}")
        for name, text in good.items():
            name = name.split("#")[0]
            self.assertEqual(self.breaches(rule, {name: text}), [], f"{rule}\n{text}")

    def test_every_rule_is_shown_something_bad(self):
        text = Path(__file__).read_text(encoding="utf-8")
        for check in tidy.RULES:
            self.assertIn(f'"{check.__name__}"', text)
            self.assertTrue(check.__doc__)

    def test_line_length(self):
        self.check("line_length",
                   {"src/base/a.cc:2": "int a;\n//" + 99 * "x" + "\n",
                    "tests/run:2": "#!/bin/bash\n#" + 100 * "x" + "\n"},
                   {"src/base/a.cc": "//" + 98 * "한" + "\n", "README.md": 200 * "x"})

    def test_function_length(self):
        long = 59 * "  a();\n"
        self.check("function_length",
                   {"src/base/a.cc:3": "namespace b {\n\nint f(int x,\n      int y) {\n" + long
                                       + "}\n}",
                    "src/base/b.cc:2": "struct A {\n  A() : a_{1}, b_(2) {\n" + long + "  }\n};\n",
                    "src/base/c.cc:1": "int g() {\n  auto l = [](int x) {\n" + long + "  };\n}\n"},
                   {"src/base/a.cc": "int f() {\n" + 58 * "  a();\n" + "}\n",
                    "src/base/b.cc": "class A {\n" + 70 * "  int a();\n" + "};\n",
                    "src/base/c.cc": "namespace a {\n" + 70 * "int a(char c = '{');\n" + "}\n",
                    "src/base/d.cc": "const int kTable[] = {\n" + 70 * "  1,\n" + "};\n"})

    def test_file_length(self):
        self.check("file_length", {"src/base/a.cc:401": 401 * "\n"},
                   {"src/base/a.cc": 400 * "\n", "src/base/b.cc": "// tidy: table\n" + 500 * "\n"})

    def test_header_opening(self):
        self.check("header_opening",
                   {"src/base/a.h:1": "// What.\n#pragma once\n",
                    "src/base/b.h:2": "#pragma once\nint a;\n"},
                   {"src/base/a.h": HEADER})

    def test_library_in_its_room(self):
        self.check("library_in_its_room",
                   {"src/base/a.cc:1": "#include <simdjson.h>\n",
                    "src/base/a.h:4": HEADER + "#include <simdjson.h>\n",
                    "src/score/a.cc:2": "#include <map>\n#include <re2/re2.h>\n",
                    "src/score/b.cc:1": "#include <boost/any.hpp>\n"},
                   {"src/wire/a.cc": "#include <simdjson.h>\n#include <sys/socket.h>\n",
                    "src/wire/a.h": HEADER + "#include <simdjson.h>\n",
                    "src/base/a.h": HEADER + "#include <tl/expected.hpp>\n#include <map>\n"})

    def test_a_library_stays_out_of_what_other_rooms_see(self):
        private = {"src/wire/inner.h": HEADER + "#include <simdjson.h>\n",
                   "src/wire/a.h": HEADER + '#include "wire/inner.h"\n',
                   "src/wire/a.cc": '#include "wire/a.h"\n'}
        rule = "library_in_its_room"
        self.assertEqual(self.breaches(rule, private), [])
        self.assertEqual(self.breaches(rule, {**private, "src/score/b.cc":
                                              '#include "wire/a.h"\n'}), ["src/wire/inner.h:4"])

    def test_no_parent_include(self):
        self.check("no_parent_include", {"src/base/a.cc:1": '#include "../wire/a.h"\n'},
                   {"src/base/a.cc": '#include "wire/a.h"\n'})

    def test_time_is_passed_in(self):
        self.check("time_is_passed_in",
                   {"src/wire/a.cc:1": "auto t = std::chrono::steady_clock::now();\n",
                    "src/wire/b.cc:2": "\nauto t = time(nullptr);\n",
                    "src/wire/c.cc:1": "gettimeofday(&t, 0);\n"},
                   {"src/base/a.cc": "auto t = std::chrono::system_clock::now();\n",
                    "src/wire/a.cc": "// steady_clock::now()\nauto t = clock.now(); f.time(0);\n"
                                    "Instant Scorer::now() const {}\n"})

    def test_belief_is_deterministic(self):
        self.check("belief_is_deterministic",
                   {"src/score/a.cc:1": "double x = std::exp2(1);\n",
                    "src/score/b.cc:1": "double x = pow(a, b);\n",
                    "src/score/c.cc:1": "auto s = std::reduce(v.begin(), v.end());\n",
                    "src/score/d.h:4": HEADER + "std::unordered_map<int, int> m;\n"},
                   {"src/wire/a.cc": "std::unordered_map<int, int> m;\n",
                    "src/score/a.cc": "double x = arith::exp2(1) + std::abs(-1.0);  // std::pow\n"})
        own = {"src/score/arith.h": HEADER + "double exp2(double x);\n",
               "src/score/a.cc": "double y = exp2(3);\n"}
        self.assertEqual(self.breaches("belief_is_deterministic", own), [])

    def test_numbers_have_names(self):
        self.check("numbers_have_names",
                   {"src/score/a.cc:2": "double f(double x) {\n  return 0.85 * x;\n}\n"},
                   {"src/score/a.cc": "constexpr double kShare = 0.85;\ndouble x = 1.0 - 0.5;\n",
                    "src/wire/a.cc": "double x = 0.85;\n"})

    def test_results_are_looked_at(self):
        self.check("results_are_looked_at",
                   {"src/base/a.h:4": HEADER + "Result<int> parse(std::string_view text);\n",
                    "src/base/b.h:5": HEADER + "struct A {\n"
                                               "  static Result<std::vector<int>> f();\n};\n"},
                   {"src/base/a.h": HEADER + "[[nodiscard]] Result<int> parse();\n"
                                             "[[nodiscard]] static base::Result<int>\n    g();\n",
                    "src/base/b.h": HEADER + "[[nodiscard]]\nvirtual Result<void> f() = 0;\n"
                                             "  friend Result<int> h(int);\n"})

    def test_nothing_is_thrown(self):
        self.check("nothing_is_thrown", {"src/base/a.cc:1": "throw 1;\n"},
                   {"src/base/a.cc": '// throw\nauto s = "throw";\n'})

    def test_telemetry_alone_counts(self):
        self.check("telemetry_alone_counts",
                   {"src/wire/a.cc:1": 'auto s = "wiremill_records_total";\n',
                    "src/wire/b.cc:1": "std::cerr << 1;\n",
                    "src/wire/c.cc:1": "fputs(s, stderr);\n"},
                   {"src/telemetry/a.cc": 'auto s = "wiremill_x"; fputs(s, stderr);\n',
                    "src/cli/a.cc": "std::cerr << 1;\n"})

    def test_every_happening_happens(self):
        rule, place = "every_happening_happens", "src/telemetry/happenings.h"
        files = {place: HEADER + "struct Fenced {\n};\n", "src/wire/a.cc": "// Fenced{}\n"}
        self.assertEqual(self.breaches(rule, files), [f"{place}:4"])
        files["src/wire/a.cc"] = "telemetry.record(telemetry::Fenced{.stage = kStage});\n"
        self.assertEqual(self.breaches(rule, files), [])

    def test_no_forgotten_work(self):
        mark = "TO" + "DO"
        self.check("no_forgotten_work",
                   {"src/base/a.cc:2": f"\n// {mark}: later\n",
                    "deploy/x.yaml:1": f"# {mark}(me)\n"},
                   {"src/base/a.cc": f"// {mark}(#12): with a better table\n"})

    def test_no_place_of_one_machine(self):
        place = "/wo" + "rk/"
        self.check("no_place_of_one_machine", {"README.md:1": f"see {place}x\n"},
                   {"README.md": f"see net{place}x, https://example.org{place}\n"})

    def test_names_say_what_things_are(self):
        self.check("names_say_what_things_are",
                   {"src/base/string_util.cc:1": "\n",
                    "src/base/a.cc:1": "class LaneManager {};\n",
                    "src/base/b.cc:2": "\nstruct EventData {\n};\n",
                    "src/base/c.cc:1": "void A::handle_record(int x) {\n}\n"},
                   {"src/base/a.cc": "void begin_object() {\n}\nclass Database;\n"
                                     "struct Doing {\n};\n"})

    def test_header_under_test_first(self):
        files = {"src/base/time.h": HEADER, "src/base/other.h": HEADER}
        for first, expected in (("base/other.h", ["tests/base/time_test.cc:1"]),
                                ("base/time.h", [])):
            self.assertEqual(self.breaches("header_under_test_first", {
                **files, "tests/base/time_test.cc": f'#include "{first}"\n'}), expected)
        for first, expected in (("score/a.h", ["tests/base/all_test.cc:1"]), ("base/a.h", [])):
            self.assertEqual(self.breaches("header_under_test_first", {
                "tests/base/all_test.cc": f'#include "{first}"\n'}), expected)

    def test_every_test_runs(self):
        self.check("every_test_runs",
                   {"tests/lost/a_test.cc:1": "TEST(A, B) {}\n",
                    "tests/base/deep/a_test.cc:1": "TEST(A, B) {}\n",
                    "tests/base/a_test.cc:1": "// TEST(A, B) {}\n",
                    "tests/base/b_test.cc:1": "TEST(A, DISABLED_B) {}\n"},
                   {"tests/base/a_test.cc": "// A TEST of it\nTEST(A, B) {}\n"})

    def test_every_file_is_used(self):
        self.check("every_file_is_used",
                   {"src/base/a.h:1": HEADER, "src/lost/a.cc:1": "\n", "tests/base/b.cc:1": "\n",
                    "tests/base/check.py:1": "\n", "deploy/script:1": "#!/bin/bash\n"},
                   {"src/base/a.cc": "\n", "tests/base/a_test.cc": "\n"})
        used = {"src/base/a.h": HEADER, "src/base/a.cc": '#include "base/a.h"\n',
                "tests/base/check.py": "\n", "tests/CMakeLists.txt": SUITES + "# base/check.py\n"}
        self.assertEqual(self.breaches("every_file_is_used", used), [])

    def test_the_map_is_true(self):
        page = "```\nsrc/base   words\nsrc/score  belief\nsrc/wire   records\nsrc/main.cc\n```\n"
        files = {"src/base/a.cc": "", "src/score/a.cc": "", "src/wire/a.cc": ""}
        rule, place = "the_map_is_true", "ARCHITECTURE.md:1"
        self.assertEqual(self.breaches(rule, {**files, "ARCHITECTURE.md": page}), [])
        self.assertEqual(self.breaches(rule, {**files, "ARCHITECTURE.md": page.replace(
            "src/wire   records\n", "")}), [place])
        self.assertEqual(self.breaches(rule, {**files, "ARCHITECTURE.md": page,
                                              "src/new/a.cc": ""}), [place])
        del files["src/wire/a.cc"]
        self.assertEqual(self.breaches(rule, {**files, "ARCHITECTURE.md": page}), [place])

    def test_functions_are_found(self):
        code = "template <class T>\nT f(T t) requires (t > 0) {\n" \
               "  if (t) {\n    g({1});\n  }\n}\n" \
               "A::A(int x)\n    : a_{x},\n      b_(x) {}\n" \
               "bool A::operator==(const A&) const {\n  return true;\n}\n" \
               "#define M(x) \\\n  { x }\nvoid last() {\n}\n"
        self.assertEqual([(name, first, last) for name, first, last in tidy.functions_of(code)],
                         [("f", 1, 6), ("A::A", 7, 9), ("A::operator==", 10, 12),
                          ("last", 15, 16)])


if __name__ == "__main__":
    unittest.main()

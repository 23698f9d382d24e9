#!/usr/bin/python3
"""Holds the rules of the house over the source tree; prints each breach as path:line: rule: text.

    tests/tidy/tidy.py [ROOT]        # exit status 1 when there is a breach
    tests/tidy/tidy.py --rules       # the rules, one line each

Every rule is a function that is given the Tree and yields breaches; its docstring is the rule.
tidy_test.py shows each of them a bad snippet that it must catch. C++ is read with comments and
strings blanked out, not parsed: good enough for code of one style, and no compiler is needed.
"""
import os
import re
import sys
from functools import cached_property
from pathlib import Path

COLUMNS_MAX = 100
FUNCTION_LINES_MAX = 60
FILE_LINES_MAX = 400
OPENING_LINES = range(1, 26)

# Outside libraries by the name that src/CMakeLists.txt links, with the headers that are theirs.
LIBRARY_HEADERS = {
    "tl::expected": ("tl/expected.hpp",),
    "fmt::fmt": ("fmt/",),
    "PkgConfig::libcrypto": ("openssl/",),
    "PkgConfig::libutf8proc": ("utf8proc.h",),
    "yaml-cpp": ("yaml-cpp/",),
    "simdjson::simdjson": ("simdjson.h",),
    "rapidjson_headers": ("rapidjson/",),
    "PkgConfig::re2": ("re2/",),
    "PkgConfig::rdkafka": ("librdkafka/",),
    "PkgConfig::sqlite3": ("sqlite3.h",),
    "prometheus-cpp::core": ("prometheus/",),
    "PkgConfig::cpp-httplib": ("httplib.h",),
    "CLI11::CLI11": ("CLI/",),
    "PkgConfig::libzstd": ("zstd.h",),
    "ZLIB::ZLIB": ("zlib.h",),
}
SYSTEM_HEADERS = re.compile(
    r"[a-z0-9_]+|(sys|netinet|arpa|linux)/[a-z_]+\.h|"
    r"(unistd|fcntl|iconv|poll|signal|spawn|time|stdio|termios|pthread|dirent|ftw|netdb|dlfcn)\.h")

FORBIDDEN_VERBS = {"do", "process", "handle", "manage"}
FORBIDDEN_WORDS = {"manager", "helper", "helpers", "util", "utils", "common", "processor",
                   "handler"}
FORBIDDEN_NOUNS = {"data", "info", "object", "wrapper"}  # of types and files; JSON has objects
TRANSCENDENTALS = "exp|exp2|expm1|log|log2|log10|log1p|pow|sin|cos|tan|sinh|cosh|tanh|asin|acos|" \
                  "atan|atan2|cbrt|hypot|erf|erfc|tgamma|lgamma"
TEXT_SUFFIXES = {".h", ".cc", ".py", ".txt", ".md", ".yaml", ".json", ".sh", ".cmake", ""}
SKIPPED_FOLDERS = {".git", "build", "__pycache__", "node_modules"}


class Breach:
    def __init__(self, path, line, text):
        self.path, self.line, self.text = path, line, text


class Source:
    """One file: its lines, and for C++ its code with comments and strings blanked out."""

    def __init__(self, root, path):
        self.path = path
        self.name = path.as_posix()
        self.text = (root / path).read_text(encoding="utf-8", errors="replace")
        self.lines = self.text.split("\n")
        if self.lines[-1] == "":
            self.lines.pop()

    @property
    def is_cpp(self):
        return self.path.suffix in (".h", ".cc")

    @property
    def room(self):
        parts = self.path.parts
        return parts[1] if parts[0] == "src" and len(parts) == 3 else None

    @cached_property
    def code(self):
        """The text with comments blanked out and strings emptied, lines in place."""
        def blank(match):
            text = match.group(0)
            filling = re.sub(r"[^\n]", " ", text)
            return '"' + filling[2:] + '"' if text[0] in '"R' and len(text) > 1 else filling
        pattern = r'R"([^(\s]*)\(.*?\)\1"|//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|' \
                  r"(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'"
        return re.sub(pattern, blank, self.text, flags=re.S)

    @cached_property
    def includes(self):
        """(line, spelling) of each include, such as '<fmt/format.h>' or '"base/time.h"'."""
        found = (re.match(r'\s*#\s*include\s*([<"][^>"]+[>"])', line) for line in self.lines)
        return [(i + 1, match.group(1)) for i, match in enumerate(found) if match]

    def matches(self, pattern, text=None):
        """(line, match) of each place in the code (or the given text) where the pattern is."""
        text = self.code if text is None else text
        for match in re.finditer(pattern, text, flags=re.M):
            yield text.count("\n", 0, match.start()) + 1, match

    @cached_property
    def functions(self):
        """(name, first line, last line) of each function with a body, lambdas left out."""
        return list(functions_of(self.code))


def functions_of(code):
    """Walks braces: what stands before an opening one says whether it begins a function.

    A brace without a blank before it, after "=" or inside brackets begins a value, not a body.
    """
    code = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: re.sub(r"[^\n]", " ", m.group(0)),
                  code, flags=re.M)
    scopes, head_start, depth = [], 0, 0
    for place in re.finditer(r"[{}();]", code):
        char, at = place.group(0), place.start()
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        elif char == ";" and depth == 0:
            head_start = at + 1
        elif char == "{":
            head = code[head_start:at]
            is_value = depth > 0 or not head[-1:].isspace() or head.rstrip().endswith("=")
            if is_value and head.strip():
                scopes.append((None, head_start, depth))
                continue
            outer = any(scope[0] == "function" for scope in scopes)
            scopes.append(("inner" if outer else kind_of(head), head_start, depth))
            head_start, depth = at + 1, 0
        elif char == "}" and scopes:
            kind, start, depth = scopes.pop()
            if kind is None:
                continue
            if kind == "function":
                begin = start + len(code[start:at]) - len(code[start:at].lstrip())
                name = re.search(r"((?:\w+::)*operator[^\s(]+|[\w:~]+)\s*\(", code[begin:at])
                yield (name.group(1) if name else "?", code.count("\n", 0, begin) + 1,
                       code.count("\n", 0, at) + 1)
            head_start = at + 1


def kind_of(head):
    head = re.sub(r"^\s*((public|private|protected)\s*:\s*)+", "", head)
    head = re.sub(r"^\s*template\s*<[^{]*?>\s*(?=[a-z\[])", "", head)
    if re.match(r"\s*(inline\s+)?namespace\b|\s*extern\b", head):
        return "namespace"
    if re.match(r"\s*(class|struct|union|enum)\b", head) and not re.search(r"\)\s*$", head):
        return "type"
    return "function" if "(" in head else "other"


class Tree:
    def __init__(self, root):
        self.root = Path(root).resolve()
        self.sources = [Source(self.root, path) for path in self._paths()]

    def _paths(self):
        paths = []
        for folder, folders, files in os.walk(self.root):
            folders[:] = sorted(set(folders) - SKIPPED_FOLDERS)
            for name in sorted(files):
                path = Path(folder, name)
                if path.suffix in TEXT_SUFFIXES and not path.is_symlink():
                    paths.append(path.relative_to(self.root))
        return paths

    def under(self, *folders, suffixes=(".h", ".cc")):
        return [source for source in self.sources
                if source.path.parts[0] in folders and source.path.suffix in suffixes]

    def read(self, name):
        path = self.root / name
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    @cached_property
    def rooms(self):
        """Room → (libraries of its .cc files, libraries of its headers), from the build."""
        words = {"USES", "HIDES", "LIBRARIES", "CONTRACTS", "OPTIONS"}
        rooms = {}
        text = re.sub(r"#[^\n]*", "", self.read("src/CMakeLists.txt"))
        for body in re.findall(r"^room\(([^)]*)\)", text, flags=re.M):
            name, *rest = body.split()
            sections, current = {word: [] for word in words}, None
            for word in rest:
                if word in words:
                    current = word
                else:
                    sections[current].append(word)
            rooms[name] = (sections["LIBRARIES"] + sections["CONTRACTS"], sections["CONTRACTS"])
        return rooms


    @cached_property
    def public_headers(self):
        """Headers that another room includes, and what these include in turn."""
        includes = {"/".join(source.path.parts[1:]): {name[1:-1] for _, name in source.includes}
                    for source in self.under("src")}
        public, fresh = set(), {header for name, headers in includes.items() for header in headers
                                if header.split("/")[0] != name.split("/")[0]}
        while fresh:
            public |= fresh
            fresh = {inner for header in fresh for inner in includes.get(header, ())} - public
        return public

    @cached_property
    def suites(self):
        """Suite → the rooms it tests, from the build."""
        text = re.sub(r"#[^\n]*", "", self.read("tests/CMakeLists.txt"))
        return {name: re.sub(r"\b(LABELS|LIBRARIES)\b.*|\b[A-Z_]+\b", "", rest, flags=re.S).split()
                for name, rest in re.findall(r"^suite\((\w+)([^)]*)\)", text, flags=re.M)}


RULES = []


def rule(check):
    RULES.append(check)
    return check


@rule
def line_length(tree):
    """No line of code is over 100 columns."""
    for source in tree.sources:
        code = source.is_cpp or source.path.suffix in (".py", ".cmake") \
            or source.path.name == "CMakeLists.txt" or source.text.startswith("#!")
        for number, line in enumerate(source.lines, 1) if code else ():
            if len(line) > COLUMNS_MAX:
                yield Breach(source.name, number, f"{len(line)} columns, the limit is "
                                                  f"{COLUMNS_MAX}")


@rule
def function_length(tree):
    """No function is over 60 lines."""
    for source in tree.under("src"):
        for name, first, last in source.functions:
            if last - first + 1 > FUNCTION_LINES_MAX:
                yield Breach(source.name, first, f"{name} has {last - first + 1} lines, the limit "
                                                 f"is {FUNCTION_LINES_MAX}")


@rule
def file_length(tree):
    """No source file is over 400 lines, tables ("tidy: table" on top) and tests excepted."""
    for source in tree.under("src"):
        if len(source.lines) > FILE_LINES_MAX and "tidy: table" not in "".join(source.lines[:20]):
            yield Breach(source.name, len(source.lines), f"{len(source.lines)} lines, the limit is "
                                                         f"{FILE_LINES_MAX}")


@rule
def header_opening(tree):
    """A header begins with #pragma once and a comment that says what it is."""
    for source in tree.under("src", suffixes=(".h",)):
        comment = 0
        while comment + 1 < len(source.lines) and source.lines[comment + 1].startswith("//"):
            comment += 1
        if not source.lines or source.lines[0] != "#pragma once":
            yield Breach(source.name, 1, "the first line is not #pragma once")
        elif comment not in OPENING_LINES:
            yield Breach(source.name, 2, f"an opening comment of {comment} lines; it has "
                                         f"{OPENING_LINES[0]} to {OPENING_LINES[-1]}")


@rule
def library_in_its_room(tree):
    """A library is included only by the rooms that link it; in what other rooms see, only as a
    contract."""
    for source in tree.under("src"):
        if source.room is None:
            continue
        within, seen_outside = tree.rooms.get(source.room, ([], []))
        is_public = "/".join(source.path.parts[1:]) in tree.public_headers
        allowed = seen_outside if is_public else within
        for line, spelling in source.includes:
            header = spelling[1:-1]
            if spelling[0] != "<" or SYSTEM_HEADERS.fullmatch(header):
                continue
            owner = next((library for library, prefixes in LIBRARY_HEADERS.items()
                          if header.startswith(prefixes)), None)
            if owner is None:
                yield Breach(source.name, line, f"<{header}> belongs to no library known here")
            elif owner not in allowed:
                where = "what others see of " if is_public else ""
                yield Breach(source.name, line, f"<{header}>: {where}room {source.room} may not "
                                                f"use {owner}")


@rule
def no_parent_include(tree):
    """No include climbs with ../."""
    for source in tree.under("src", "tests"):
        for line, spelling in source.includes:
            if "../" in spelling:
                yield Breach(source.name, line, f"include {spelling}")


@rule
def time_is_passed_in(tree):
    """Nothing outside base asks the machine what time it is."""
    pattern = r"[cC]lock\w*::now\s*\(|" \
              r"\b(gettimeofday|clock_gettime|localtime(_r)?|gmtime(_r)?)\s*\(|" \
              r"\bstd::time\s*\(|(?<![\w:.>])time\s*\(\s*(nullptr|NULL|0)\s*\)"
    for source in tree.under("src"):
        if source.room == "base":
            continue
        for line, match in source.matches(pattern):
            yield Breach(source.name, line, f"{match.group(0)} outside base")


@rule
def belief_is_deterministic(tree):
    """score uses no transcendental of <cmath>, no reordered sum, no hash order, no chance."""
    own = re.findall(r"\b(\w+)\(", tree.read("src/score/arith.h"))
    foreign = "|".join(sorted(set(TRANSCENDENTALS.split("|")) - set(own)))
    pattern = rf"\bstd::({TRANSCENDENTALS}|reduce|transform_reduce|hash|rand|execution)\b|" \
              rf"(?<!\w)::({TRANSCENDENTALS})\s*\(|(?<![\w:.>])({foreign})f?\s*\(|" \
              r"\bunordered_\w+|\brandom_device\b"
    for source in tree.under("src"):
        if source.room != "score":
            continue
        for line, match in source.matches(pattern):
            yield Breach(source.name, line, f"{match.group(0).strip('( ')} in score")


@rule
def numbers_have_names(tree):
    """score computes with named numbers; a bare fraction stands only where it gets its name."""
    for source in tree.under("src", suffixes=(".cc",)):
        if source.room != "score":
            continue
        for line, match in source.matches(r"(?<![\w.])\d+\.\d+(e[-+]?\d+)?(?![\w.])"):
            before = re.split(r"[;{}]", source.code[:match.start()])[-1]
            if float(match.group(0)) not in (0, 0.5, 1, 2) and "constexpr" not in before \
                    and "constexpr" not in source.lines[line - 1] \
                    and source.path.stem != "arith":
                yield Breach(source.name, line, f"bare {match.group(0)}; name it, or make it an "
                                                "option or part of the catalogue")


@rule
def results_are_looked_at(tree):
    """Every declaration of a function that returns Result is [[nodiscard]]."""
    pattern = r"^[ \t]*((?:\w+[ \t]+)*)(?:\w+::)*Result<[^;(){}=]*>\s+[\w:]+\s*\("
    for source in tree.under("src", suffixes=(".h",)):
        for line, match in source.matches(pattern):
            before = source.code[:match.start()].rstrip()
            is_friend = "friend" in match.group(1).split()
            if not is_friend and not before.endswith("[[nodiscard]]"):
                yield Breach(source.name, line, "returns Result without [[nodiscard]]")


@rule
def nothing_is_thrown(tree):
    """Our code throws nothing."""
    for source in tree.under("src"):
        for line, _ in source.matches(r"\bthrow\b"):
            yield Breach(source.name, line, "throw")


@rule
def telemetry_alone_counts(tree):
    """Only telemetry names metrics; only telemetry, base and cli write to stderr."""
    for source in tree.under("src"):
        if source.room != "telemetry":
            for line, _ in source.matches(r'"wiremill_', source.text):
                yield Breach(source.name, line, "the name of a metric outside telemetry")
        if source.room not in ("telemetry", "base", "cli", None):
            for line, match in source.matches(r"\bstderr\b|\bstd::(cerr|clog)\b"):
                yield Breach(source.name, line, f"{match.group(0)} outside telemetry, base, cli")


@rule
def every_happening_happens(tree):
    """Each happening that telemetry names is recorded somewhere."""
    place = "src/telemetry/happenings.h"
    users = [source.code for source in tree.under("src") if source.room != "telemetry"]
    for source in (source for source in tree.sources if source.name == place):
        for line, match in source.matches(r"^struct (\w+) \{"):
            if not any(re.search(rf"\b{match.group(1)}\{{", code) for code in users):
                yield Breach(place, line, f"nothing records {match.group(1)}")


@rule
def no_forgotten_work(tree):
    """Unfinished work is marked with the number of its issue, as in T-O-D-O(#12)."""
    words = "TO" + "DO|FIX" + "ME|X" + "XX"
    for source in tree.sources:
        for number, line in enumerate(source.lines, 1):
            match = re.search(rf"\b({words})\b(?!\s*\(?#\d+)", line)
            if match:
                yield Breach(source.name, number, f"{match.group(1)} without an issue number")


@rule
def no_place_of_one_machine(tree):
    """No path of one machine or person is written down."""
    pattern = r"(?<![\w.])/(work|tmp/team|root|home/(?!builder\b)\w+)/"
    for source in tree.sources:
        for line, match in source.matches(pattern, source.text):
            yield Breach(source.name, line, f"the path {match.group(0)}… of one machine")


@rule
def names_say_what_things_are(tree):
    """No Manager, Helper, Util, Common, Processor, Handler, Data, Info, Object, Wrapper, do, …"""
    def words(name):
        return [w.lower() for w in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+", name)]

    thing = FORBIDDEN_VERBS | FORBIDDEN_WORDS | FORBIDDEN_NOUNS
    action = FORBIDDEN_VERBS | FORBIDDEN_WORDS
    for source in tree.under("src", "tests"):
        named = [(1, source.path.stem, thing)]
        named += [(line, match.group(2), thing) for line, match in source.matches(
            r"^[ \t]*(class|struct|enum class|enum|namespace|using)\s+(\w+)\b(?!;|\s*\()")]
        named += [(first, name.split("::")[-1], action) for name, first, _ in source.functions]
        for line, name, forbidden in named:
            for word in sorted(forbidden.intersection(words(name))):
                yield Breach(source.name, line, f'"{word}" in the name {name}')


@rule
def header_under_test_first(tree):
    """A test includes the header under test first."""
    for source in tree.under("tests", suffixes=(".cc",)):
        suite = source.path.parts[1]
        rooms = tree.suites.get(suite, [])
        if not source.name.endswith("_test.cc") or suite not in tree.rooms:
            continue
        own = f"{suite}/{source.path.stem[:-5]}.h"
        first = source.includes[0][1].strip('<">') if source.includes else "nothing"
        exists = (tree.root / "src" / own).is_file()
        if first != own if exists else first.split("/")[0] not in rooms:
            wanted = own if exists else "a header of " + " or ".join(rooms)
            yield Breach(source.name, 1, f"includes {first} first, not {wanted}")


@rule
def every_test_runs(tree):
    """A test file that exists is built and run; none is disabled or commented out."""
    for source in tree.under("tests", suffixes=(".cc",)):
        suite = source.path.parts[1]
        if source.name.endswith("_test.cc"):
            if len(source.path.parts) != 3 or suite not in tree.suites:
                yield Breach(source.name, 1, "no suite() in tests/CMakeLists.txt builds this")
        for line, _ in source.matches(r"^\s*//+\s*(TEST|TEST_F|TEST_P|TYPED_TEST)\(|\bDISABLED_",
                                      source.text):
            yield Breach(source.name, line, "a test that does not run")


@rule
def every_file_is_used(tree):
    """No dead file: headers are included, sources belong to a room or target, scripts are named."""
    included = {spelling[1:-1] for source in tree.sources if source.is_cpp
                for _, spelling in source.includes}
    builds = "\n".join(s.text for s in tree.sources if s.path.name == "CMakeLists.txt")
    for source in tree.under("src", "tests", "deploy", suffixes=(".h", ".cc", ".py", ".sh", "")):
        name, parts = source.path.name, source.path.parts
        if source.path.suffix == ".h":
            inside = "/".join(parts[1:])
            if inside not in included and name not in included:
                yield Breach(source.name, 1, "no file includes this header")
        elif source.path.suffix == ".cc" and parts[0] == "src":
            if source.room not in tree.rooms and name not in builds:
                yield Breach(source.name, 1, "belongs to no room")
        elif source.path.suffix == ".cc":
            if not name.endswith("_test.cc") and not is_built(source, builds):
                yield Breach(source.name, 1, "no target builds this")
        elif not any(is_named_in(source, other) for other in tree.sources):
            yield Breach(source.name, 1, "nothing names this file")


def is_built(source, builds):
    """Named in a CMakeLists.txt, or matched there by the glob of its folder."""
    stem, folder = re.escape(source.path.name), re.escape(source.path.parent.name)
    return re.search(rf"\b{stem}\b|\b{folder}/\*", builds) is not None


def is_named_in(source, other):
    if other is source or other.path.parent.name == "build":
        return False
    name = source.path.stem if source.path.suffix == ".py" else source.path.name
    return re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", other.text) is not None


@rule
def the_map_is_true(tree):
    """The map in ARCHITECTURE.md, the rooms of the build and the folders of src are the same."""
    page = tree.read("ARCHITECTURE.md")
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```", page, flags=re.M | re.S)
    on_map = {name for block in blocks for name in re.findall(r"^src/(\w+)(?![\w.])", block, re.M)}
    folders = {source.room for source in tree.under("src")} - {None}
    for name in sorted(folders | on_map | set(tree.rooms)):
        places = [("ARCHITECTURE.md", on_map), ("src/CMakeLists.txt", tree.rooms),
                  ("src/", folders)]
        absent = [place for place, names in places if name not in names]
        if absent:
            yield Breach("ARCHITECTURE.md", 1, f"room {name} is not in {' and '.join(absent)}")


def breaches_of(root):
    tree = Tree(root)
    for check in RULES:
        for breach in check(tree):
            yield check.__name__, breach


def main(arguments):
    if arguments == ["--rules"]:
        for check in RULES:
            print(f"{check.__name__}: {check.__doc__}")
        return 0
    root = arguments[0] if arguments else Path(__file__).resolve().parents[2]
    count = 0
    for name, breach in breaches_of(root):
        print(f"{breach.path}:{breach.line}: {name}: {breach.text}")
        count += 1
    print(f"tidy: {len(RULES)} rules, {count} breaches")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

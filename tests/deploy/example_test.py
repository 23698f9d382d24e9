"""deploy/wiremill.yaml: every key has a comment, and a range that a comment names is the one that
the program holds."""
import pathlib
import re
import subprocess
import tempfile
import unittest

from stack import PROGRAM, ROOT

EXAMPLE = (ROOT / "deploy/wiremill.yaml").read_text()
# Keys that the comment of the key above them names too.
SHARING = {("topics", "filings"), ("topics", "score_state"), ("limits", "batch_bytes")}
# Keys under which further ones stand and whose name says it all.
FOLDERS = {("catalog",), ("input",), ("kafka",), ("http",), ("log",), ("limits",), ("score",)}


def keys():
    """(path of keys, comment right above it)."""
    path, comment = [], ""
    for line in EXAMPLE.splitlines():
        key = re.match(r"( *)(\w+):", line)
        if key:
            path = path[:len(key[1]) // 2] + [key[2]]
            yield tuple(path), comment
        comment = comment + line.strip(" #") + " " if line.strip().startswith("#") else ""


def status_of(path, value):
    """The program's exit status when the example carries this value."""
    lines = [f"{'  ' * depth}{key}:" for depth, key in enumerate(path)]
    with tempfile.TemporaryDirectory() as folder:
        config = pathlib.Path(folder, "c.yaml")
        config.write_text("\n".join(lines) + f" {value}\n")
        return subprocess.run([PROGRAM, "--config", config, "topics", "plan"], check=False,
                              capture_output=True).returncode


class Example(unittest.TestCase):
    def test_every_key_has_a_comment(self):
        listed = dict(keys())
        self.assertGreater(len(listed), 50)
        bare = {path for path, comment in listed.items() if not comment}
        self.assertEqual(bare, SHARING | FOLDERS)

    def test_ranges_in_comments_are_those_of_the_program(self):
        held = 0
        for path, comment in keys():
            spans = re.findall(r"(?<!\()\b(\d+) to (\d+)", comment)
            if len(spans) != 1 or "broker" in comment and path[0] == "kafka":
                continue
            least, most = map(int, spans[0])
            step = 0.001 if path[-1] == "between_tick_move" else 1
            with self.subTest(".".join(path)):
                self.assertEqual([status_of(path, least), status_of(path, most)], [0, 0])
                self.assertEqual([status_of(path, least - step), status_of(path, most + step)],
                                 [2, 2])
            held += 1
        self.assertGreaterEqual(held, 15)


if __name__ == "__main__":
    unittest.main()

"""The golden cases: what stands in the files, which part a case is in, and the event it becomes.

    for case in corpus.read("ko"):
        corpus.is_aside(case["id"])      # True for a third: nobody looks at it while tuning
        corpus.event(case)               # what the program gets to read

A case is one short invented text with everything that a careful reader takes from it. `facts` is
complete, so are the amounts of money in `figures` and the ids in `companies`, where those stand
("?ID" may be found or not). `not` says of words why nothing must be read from them.
"""
import hashlib
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "sample"))
from expectations import settled  # noqa: E402 (the folder is known only now)

ROOT = HERE.parents[1]
LANGUAGES = ("ko", "en")
# What was written later, to see whether what was tuned to the first holds elsewhere.
CORPORA = (*LANGUAGES, "en2", "ko2")
# Cases without a time of their own were published on a Monday in the middle of reporting season.
PUBLISHED = "2026-02-09T00:00:00Z"
EVENT_FIELDS = ("headline", "body", "form", "published_at", "publisher", "action", "revision",
                "story_id", "body_format", "filing_form", "items", "issuer", "issuer_code",
                "symbols")
KNOWN = {"id", "theme", "lang", "text", "file", "facts", "figures", "not_figures", "companies",
         "not_companies", "company_flags", "not", "note", *EVENT_FIELDS}
FIGURE_KEYS = {"text", "value", "low", "high", "currency", "kind", "unit", "bound", "per", "role",
               "converts", "basis", "optional"}


class Fault(Exception):
    """The corpus, or the program's answer to it, cannot be used."""


def is_aside(case_id):
    """One case in three, by its id alone: adding cases moves none from part to part."""
    return hashlib.sha256(case_id.encode()).digest()[0] % 3 == 0


def part_of(case):
    """tuning, aside, or columns: those are annotated in full and have no part set aside."""
    if "file" in case:
        return "columns"
    return "aside" if is_aside(case["id"]) else "tuning"


def words_of(case):
    """Everything that the program gets to read, for looking up what a case quotes."""
    if "file" in case:
        return (ROOT / case["file"]).read_text(encoding="utf-8")
    return "\n".join(case[name] for name in ("headline", "text", "body") if name in case)


def mistakes(case):
    """What is wrong with how a case is written, as sentences."""
    unknown = sorted(set(case) - KNOWN)
    found = [f"unknown fields {unknown}"] if unknown else []
    found += [f"{name} is missing" for name in ("id", "theme", "facts") if name not in case]
    words = words_of(case)
    if not words.strip():
        found.append("has no text")
    for figure in case.get("figures", []):
        if strange := sorted(set(figure) - FIGURE_KEYS):
            found.append(f"unknown fields {strange} of a figure")
        if figure.get("text", "") not in words or not figure.get("text"):
            found.append(f"figure {figure.get('text')!r} does not stand in the text")
    quoted = case.get("not_figures", []) + [entry["text"] for entry in case.get("not", [])]
    found += [f"{text!r} does not stand in the text" for text in quoted if text not in words]
    for fact in case.get("facts", []):
        try:
            settled(fact)
        except ValueError as error:
            found.append(str(error))
    return found


def read(name, folder=HERE):
    """The cases of NAME.ndjson in their order; every mistake of the file at once."""
    path = folder / f"{name}.ndjson"
    cases, wrong, seen = [], [], set()
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line:
            continue
        case = json.loads(line)
        found = mistakes(case)
        if case.get("id") in seen:
            found.append(f"{case['id']} stands twice")
        seen.add(case.get("id"))
        wrong += [f"{path.name}:{number}: {each}" for each in found]
        cases.append(case)
    if wrong:
        raise Fault("\n".join(wrong))
    return cases


def filed(case, name):
    """The case with its language, and the corpus that its counts go to: columns join theirs."""
    lang = case.get("lang", name)
    return case | {"lang": lang, "corpus": lang if "file" in case else name}


def event(case):
    """The news event that the program reads; `text` alone is a body."""
    result = {"id": case["id"], "published_at": PUBLISHED}
    result |= {name: case[name] for name in EVENT_FIELDS if name in case}
    if "lang" in case:
        result["lang"] = case["lang"]
    if "text" in case or "file" in case:
        result["body"] = case.get("text") or words_of(case)
    return result

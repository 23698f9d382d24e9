"""Judges what the program took from a golden case, and adds the judgements up.

    tally = Tally()
    tally.add(case, record)
    tally.rates()["capex"]     # {"recall": 0.9, "precision": 0.95, "f1": 0.9243}
    tally.faults               # [Finding(case id, "missing", "capex", False, words), ...]

The matching of facts is that of tests/sample. A kind "figure" or "company" counts figures and
companies of the cases that list them.
"""
import collections
import decimal
from dataclasses import dataclass

from corpus import event
from expectations import FIELDS, differences, is_taken, judge, settled

VALUE_FIELDS = {"low", "high", "currency", "unit", "figure_kind", "per"}
SHOWN = ("subject", "metric", "low", "high", "currency", "unit", "period", "status", "direction",
         "surprise", "stance", "modality", "newness", "polarity")


@dataclass(frozen=True)
class Finding:
    case: str
    word: str   # wrong, missing, unexpected
    kind: str
    is_value: bool
    words: str


def kind_of(expectation):
    kind = expectation["kind"]
    return kind[0] if isinstance(kind, list) else kind


def shown(values):
    return " ".join(f"{name}={value}" for name, value in values if value is not None)


def shown_expectation(expectation):
    return shown([("kind", expectation["kind"])] + [(n, expectation.get(n)) for n in SHOWN])


def shown_fact(record, fact):
    return shown([("kind", fact["kind"])] + [(n, FIELDS[n](record, fact)) for n in SHOWN]
                 + [("rule", fact["rule"]), ("held", fact["flags"] if fact["held"] else None)])


def same_number(wanted, got):
    if isinstance(wanted, list):
        return any(same_number(each, got) for each in wanted)
    if wanted is None or got is None:
        return wanted is got
    return decimal.Decimal(wanted) == decimal.Decimal(got)


def figure_differences(wanted, got):
    """What a figure says otherwise than expected, as words."""
    ends = ({"low": wanted["value"], "high": wanted["value"]} if "value" in wanted
            else {name: wanted[name] for name in ("low", "high") if name in wanted})
    result = [f"{name}: wanted {value}, got {got[name]}" for name, value in ends.items()
              if not same_number(value, got[name])]
    plain = {"currency": "currency", "kind": "kind", "unit": "unit", "bound": "bound",
             "per": "per", "role": "role", "basis": "currency_basis"}
    for name, field in plain.items():
        allowed = wanted.get(name)
        if name in wanted and got[field] not in (allowed if isinstance(allowed, list)
                                                 else [allowed]):
            result.append(f"{name}: wanted {allowed}, got {got[field]}")
    if "converts" in wanted and bool(got["converts"]) != wanted["converts"]:
        result.append(f"converts: wanted {wanted['converts']}, got {got['converts']}")
    return result


def spans(case, text, taken):
    """Where the text stands in the fields, the first place that is not taken yet."""
    said = event(case)
    for field in ("headline", "body"):
        start = said.get(field, "").find(text)
        while start >= 0:
            if (field, start) not in taken:
                taken.add((field, start))
                return field, start, start + len(text)
            start = said[field].find(text, start + 1)
    return None


def overlaps(span, figure):
    return (figure["field"] == span[0] and figure["start"] < span[2]
            and span[1] < figure["end"])


class Tally:
    """Counts by kind, every finding, and what was held."""

    def __init__(self):
        self.counts = collections.defaultdict(collections.Counter)
        self.faults = []
        self.cases = 0
        self.held = self.held_true = self.stated = 0

    def add(self, case, record):
        """Counts one case; True when nothing at all is wrong with it."""
        before = len(self.faults)
        self.cases += 1
        if record["schema"] == "wiremill.dead-letter":
            self.fault(case, "wrong", "event", False, f"dead letter {record['reason']}")
            return False
        self.add_facts(case, record)
        if "figures" in case or "not_figures" in case:
            self.add_figures(case, record)
        if {"companies", "not_companies", "company_flags"} & set(case):
            self.add_companies(case, record)
        return len(self.faults) == before

    def fault(self, case, word, kind, is_value, words):
        self.counts[kind][word] += 1
        self.faults.append(Finding(case["id"], word, kind, is_value, words))

    def add_facts(self, case, record):
        judgement = judge(case["facts"], record)
        for expectation, _ in judgement.right:
            self.counts[kind_of(expectation)]["right"] += 1
        for expectation, fact, differing in judgement.wrong:
            is_value = any(line.split(":")[0] in VALUE_FIELDS for line in differing)
            self.fault(case, "wrong", kind_of(expectation), is_value,
                       f"{shown_expectation(expectation)}\n    got {shown_fact(record, fact)}"
                       + "".join(f"\n    {line}" for line in differing))
        for expectation, why in judgement.missing:
            self.fault(case, "missing", kind_of(expectation), False,
                       shown_expectation(expectation) + (f"\n    not taken: {why}" if why else ""))
        for fact in judgement.unexpected:
            quote = fact["quotes"][0]["text"] if fact["quotes"] else ""
            reason = next((entry["why"] for entry in case.get("not", [])
                           if entry["text"] in quote or quote in entry["text"]), "")
            self.fault(case, "unexpected", fact["kind"], False,
                       shown_fact(record, fact) + f"\n    {quote[:160]}"
                       + (f"\n    but {reason}" if reason else ""))
        self.add_held(case, record)

    def add_held(self, case, record):
        """A held fact is true when it is an expected one in everything but being held."""
        wanted = [settled(e) for e in case["facts"]]
        wanted = [e for e in wanted if e["held"] is False]
        for fact in record["facts"]:
            self.stated += is_taken(fact) or fact["held"]
            self.held += fact["held"]
            self.held_true += fact["held"] and any(
                set(differences(e, record, fact)) <= {"held"} for e in wanted)

    def add_figures(self, case, record):
        taken, met = set(), set()
        for wanted in case.get("figures", []):
            span = spans(case, wanted["text"], taken)
            found = [f for f in record["figures"] if span and overlaps(span, f)]
            met |= {f["id"] for f in found}
            if not found:
                if not wanted.get("optional"):
                    self.fault(case, "missing", "figure", False, shown(wanted.items()))
                continue
            best = min((figure_differences(wanted, f) for f in found), key=len)
            if best:
                self.fault(case, "wrong", "figure", True,
                           shown(wanted.items()) + "".join(f"\n    {line}" for line in best))
            else:
                self.counts["figure"]["right"] += 1
        for text in case.get("not_figures", []):
            span = spans(case, text, set())
            for figure in (f for f in record["figures"] if overlaps(span, f)):
                met.add(figure["id"])
                self.fault(case, "unexpected", "figure", False,
                           f"{figure['text']!r} as {figure['kind']} {figure['low']}")
        if "figures" in case:
            for figure in record["figures"]:
                if figure["kind"] == "money" and figure["id"] not in met:
                    self.fault(case, "unexpected", "figure", False,
                               f"{figure['text']!r} as {figure['low']} {figure['currency']}")

    def add_companies(self, case, record):
        found = {c["id"] or c["ticker"] for c in record["companies"]}
        named = case.get("companies", [])
        found -= {name[1:] for name in named if name.startswith("?")}
        wanted = {name for name in named if not name.startswith("?")}
        self.counts["company"]["right"] += len(found & wanted)
        for name in sorted(wanted - found):
            self.fault(case, "missing", "company", False, name)
        allowed = wanted if "companies" in case else found - set(case.get("not_companies", []))
        for name in sorted(found - allowed):
            self.fault(case, "unexpected", "company", False, name)
        for name, flag in case.get("company_flags", {}).items():
            flags = [c.get("flags", []) for c in record["companies"] if c["id"] == name]
            if not any(flag in each for each in flags):
                self.fault(case, "missing", "company", False, f"{name} with the flag {flag}")

    def rates(self):
        """Recall, precision and their mean by kind, and over all facts."""
        facts = collections.Counter()
        for kind, count in self.counts.items():
            if kind not in ("figure", "company"):
                facts.update(count)
        return {kind: rates(count) for kind, count in
                [*sorted(self.counts.items()), ("all facts", facts)]}

    def wrong_values(self):
        """Share of what was given, facts and figures, that has a wrong value."""
        given = sum(count[word] for kind, count in self.counts.items() if kind != "company"
                    for word in ("right", "wrong", "unexpected"))
        wrong = sum(fault.is_value for fault in self.faults)
        return wrong, given

    def total(self, kind):
        return self.counts.get(kind, collections.Counter())


def rates(count):
    """Recall, precision and the harmonic mean of both; one without a base is left out."""
    wanted = count["right"] + count["wrong"] + count["missing"]
    given = count["right"] + count["wrong"] + count["unexpected"]
    result = {}
    if wanted:
        result["recall"] = round(count["right"] / wanted, 4)
    if given:
        result["precision"] = round(count["right"] / given, 4)
    if wanted or given:
        result["f1"] = round(2 * count["right"] / (wanted + given), 4)
    return result

"""What a reader takes from an event against what the program takes: the matching alone.

    judgement = judge(expected_facts, facts_record)
    judgement.wrong      # [(expected, got, ["low: wanted 2, got 3"]), ...]

A pair is right when every field that the expectation names agrees. Two statements of one kind about
the same subject, or with the same value, that differ elsewhere are one wrong statement, not a
missing and an unexpected one. What an expectation may name stands in FIELDS, and for people in
deploy/sample/README.md.
"""
import calendar
import decimal
import re
from dataclasses import dataclass, field


def figure_of(record, fact):
    wanted = fact.get("figure")
    return next((f for f in record["figures"] if f["id"] == wanted), {})


def compared_figure(record, fact):
    comparator = fact.get("comparator") or {}
    return figure_of(record, comparator)


def subject_of(record, fact):
    return fact["subject"]["id"] or fact["subject"]["text"]


def interval_of(record, fact):
    period = fact.get("period")
    return f"{period['start']}/{period['end']}" if period else None


# Name in an expectation -> how to read it from a fact of a record.
FIELDS = {
    "kind": lambda record, fact: fact["kind"],
    "subject": subject_of,
    "role": lambda record, fact: fact["role"],
    "party": lambda record, fact: [p["id"] or p["text"] for p in fact["parties"]],
    "metric": lambda record, fact: fact["metric"],
    "low": lambda record, fact: figure_of(record, fact).get("low"),
    "high": lambda record, fact: figure_of(record, fact).get("high"),
    "bound": lambda record, fact: figure_of(record, fact).get("bound"),
    "currency": lambda record, fact: figure_of(record, fact).get("currency"),
    "unit": lambda record, fact: figure_of(record, fact).get("unit"),
    "figure_kind": lambda record, fact: figure_of(record, fact).get("kind"),
    "per": lambda record, fact: figure_of(record, fact).get("per"),
    "period": interval_of,
    "status": lambda record, fact: fact["status"],
    "modality": lambda record, fact: fact["modality"],
    "newness": lambda record, fact: fact["newness"],
    "new": lambda record, fact: fact["newness"] == "new",
    "direction": lambda record, fact: fact["direction"],
    "surprise": lambda record, fact: fact["surprise"],
    "stance": lambda record, fact: fact["stance"],
    "polarity": lambda record, fact: fact["polarity"],
    "claimant": lambda record, fact: fact["claimant"]["type"],
    "via": lambda record, fact: fact["claimant"]["via"],
    "held": lambda record, fact: fact["held"],
    "flag": lambda record, fact: fact["flags"],
    "comparator": lambda record, fact: (fact["comparator"] or {}).get("relation"),
    "before": lambda record, fact: compared_figure(record, fact).get("low"),
    "location": lambda record, fact: fact["qualifier"].get("location"),
    "segment": lambda record, fact: fact["qualifier"].get("segment"),
    "product": lambda record, fact: fact["qualifier"].get("product"),
    "variant": lambda record, fact: fact["qualifier"].get("variant"),
}
NOT_COMPARED = {"optional", "value"}
# Values that differ by less are one statement: headlines round.
SAME_VALUE = decimal.Decimal("0.02")


def interval(period):
    """An expectation's short period as "START/END"; None and a list stay what they are."""
    if period is None or "/" in period:
        return period
    if match := re.fullmatch(r"(\d{4})(?:-([QH])([1-4]))?", period):
        year, part, number = match[1], match[2], int(match[3] or 1)
        length = {"Q": 3, "H": 6, None: 12}[part]
        first, last = (number - 1) * length + 1, number * length
    elif match := re.fullmatch(r"(\d{4})-(\d\d)", period):
        year, first, last = match[1], int(match[2]), int(match[2])
    elif re.fullmatch(r"\d{4}-\d\d-\d\d", period):
        return f"{period}/{period}"
    else:
        raise ValueError(f"period {period!r} is none of 2026, 2026-Q1, 2026-H1, 2026-01, a day "
                         "or START/END")
    if not 1 <= first <= last <= 12:
        raise ValueError(f"period {period!r} is no part of a year")
    days = calendar.monthrange(int(year), last)[1]
    return f"{year}-{first:02}-01/{year}-{last:02}-{days}"


def settled(expectation):
    """The expectation with its short forms written out and what it leaves unsaid added."""
    unknown = set(expectation) - set(FIELDS) - NOT_COMPARED
    if unknown or "kind" not in expectation:
        raise ValueError(f"{expectation}: " + (f"unknown fields {sorted(unknown)}" if unknown
                                               else "names no kind"))
    fact = dict(expectation)
    if "value" in fact:
        fact["low"] = fact["high"] = fact.pop("value")
    if "period" in fact:
        period = fact["period"]
        fact["period"] = ([interval(p) for p in period] if isinstance(period, list)
                          else interval(period))
    fact.setdefault("modality", "asserted")
    fact.setdefault("held", False)
    if "new" not in fact:
        fact.setdefault("newness", ["new", "reiterated"])
    if "polarity" not in fact and fact.get("status") != "denied":
        fact["polarity"] = "affirmed"
    return fact


def is_taken(fact):
    """Whether the program states it as news that counts."""
    return (fact["modality"] == "asserted" and fact["newness"] != "background"
            and not fact["held"])


def agrees(wanted, got):
    if isinstance(got, list):
        return any(agrees(wanted, each) for each in got)
    return got in wanted if isinstance(wanted, list) else wanted == got


def differences(expectation, record, fact):
    """Names of the fields that differ."""
    return [name for name, wanted in expectation.items()
            if name in FIELDS and not agrees(wanted, FIELDS[name](record, fact))]


def is_same_statement(expectation, record, fact, differing):
    """Whether the two are about one thing, so that what differs is wrong rather than missing."""
    if "kind" in differing:
        return False
    same_value = "low" in expectation and "high" in expectation and figure_of(record, fact) \
        and "low" not in differing and "high" not in differing
    return bool(same_value) or ("subject" in expectation and "subject" not in differing)


def is_repeat(expectation, record, fact):
    """Whether the fact says again what the expectation says, perhaps with less detail."""
    differing = differences(expectation, record, fact)
    unsaid = {name for name in differing if FIELDS[name](record, fact) in (None, [], "None/None")}
    if not fact.get("figure"):
        unsaid |= {"metric", "period", "status"}
    elif is_near(expectation, figure_of(record, fact)):
        unsaid |= {"low", "high", "bound"}  # "about 200" and "200", "up to 185" and "175 to 185"
    return set(differing) <= unsaid


def is_near(expectation, figure):
    """Whether the ends that the figure states are those of the expectation, within 2 %."""
    stated = [name for name in ("low", "high") if figure.get(name) is not None]
    for name in stated:
        wanted = expectation.get(name) or expectation.get("low") or expectation.get("high")
        if isinstance(wanted, list) or wanted is None:
            return False
        wanted, got = decimal.Decimal(wanted), decimal.Decimal(figure[name])
        if abs(wanted - got) > abs(wanted) * SAME_VALUE:
            return False
    return bool(stated)


@dataclass
class Judgement:
    right: list = field(default_factory=list)       # (expected, fact)
    wrong: list = field(default_factory=list)       # (expected, fact, [what differs])
    missing: list = field(default_factory=list)     # (expected, why)
    unexpected: list = field(default_factory=list)  # fact


def pair_right(expected, record):
    """As many right pairs as there can be (augmenting paths): index of expectation -> of fact."""
    facts = record["facts"]
    fits = [[i for i, fact in enumerate(facts) if not differences(e, record, fact)]
            for e in expected]
    owner = {}

    def place(index, seen):
        for fact in fits[index]:
            if fact in seen:
                continue
            seen.add(fact)
            if fact not in owner or place(owner[fact], seen):
                owner[fact] = index
                return True
        return False

    firm_first = sorted(range(len(expected)), key=lambda i: bool(expected[i].get("optional")))
    for index in firm_first:
        place(index, set())
    return {index: fact for fact, index in owner.items()}


def pair_rest(expected, record, pairs):
    """Adds pairs of the same statement that differ somewhere, the closest first."""
    candidates = []
    repeats = {number for number, fact in enumerate(record["facts"])
               if any(is_repeat(expected[index], record, fact) for index in pairs)}
    for index, expectation in enumerate(expected):
        for number, fact in enumerate(record["facts"]):
            if index in pairs or number in repeats:
                continue
            differing = differences(expectation, record, fact)
            if is_same_statement(expectation, record, fact, differing):
                candidates.append((not is_taken(fact), len(differing), index, number))
    for _, _, index, number in sorted(candidates):
        if index not in pairs and number not in pairs.values():
            pairs[index] = number
    return pairs


def told(expectation, record, fact):
    return [f"{name}: wanted {expectation[name]}, got {FIELDS[name](record, fact)}"
            for name in differences(expectation, record, fact)]


def judge(expected, record):
    """Every expectation is right, wrong or missing; every other taken fact is unexpected."""
    expected = [settled(e) for e in expected]
    facts = record["facts"]
    pairs = pair_rest(expected, record, pair_right(expected, record))
    result = Judgement()
    for index, expectation in enumerate(expected):
        fact = facts[pairs[index]] if index in pairs else None
        if fact and not differences(expectation, record, fact):
            if not expectation.get("optional"):
                result.right.append((expectation, fact))
        elif fact and is_taken(fact):
            result.wrong.append((expectation, fact, told(expectation, record, fact)))
        elif not expectation.get("optional"):
            why = "; ".join(told(expectation, record, fact)) if fact else ""
            result.missing.append((expectation, why))
    for number, fact in enumerate(facts):
        if number not in pairs.values() and is_taken(fact) and not any(
                is_repeat(e, record, fact) for e in expected):
            result.unexpected.append(fact)
    return result

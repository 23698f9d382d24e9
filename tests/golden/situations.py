"""The twenty-five situations of real news that must come out right, each a test by name.

    for line in lines(cases, clean, gaps): print(line)
    #  ok    situation-06  the amount in two currencies is one amount        7 right
    #  gap   situation-07  …                                                 4 right, 3 known gaps

A situation's cases are those whose theme is its number; they show what has to be right in the facts
of one text. What becomes of them over time is for the tests of `score`.
"""
import corpus

NAMES = {
    1: "forty outlets run one story",
    2: "editions and credits of one agency",
    3: "a correction with another amount",
    4: "refiled or updated, the amounts unchanged",
    5: "withdrawn",
    6: "the amount in two currencies is one amount",
    7: "a conversion or price that cannot be",
    8: "will not raise, no plan, denied it would cut",
    9: "this year against last year",
    10: "above what analysts expected",
    11: "one plan, opposite price moves",
    12: "a quarter too large for its year",
    13: "up to",
    14: "over several years",
    15: "a joint project and its partners",
    16: "who buys and who sells",
    17: "the amount or the customer withheld",
    18: "a contract corrected or ended",
    19: "rumour, inquiry, undecided, confirmed",
    20: "a broker says it, not the company",
    21: "words that look like tickers",
    22: "renamed, nested and ambiguous names",
    23: "after the close, tomorrow in Seoul",
    24: "old news again",
    25: "a round-up with its total",
}


def tested(cases):
    """The cases of situations that are not set aside."""
    return [case for case in cases if case["theme"].startswith("situation-")
            and corpus.part_of(case) == "tuning"]


def compared(cases, clean, known):
    """(how many come out as the gaps say, what does not, in words)."""
    names = [case["id"] for case in tested(cases)]
    broken = [f"{name} breaks and is no known gap" for name in names
              if name not in clean and name not in known]
    closed = [f"{name} comes out right now: take it out of gaps.txt" for name in names
              if name in clean and name in known]
    strange = [f"gaps.txt names {name}, which is no situation of the tuning part"
               for name in known if name not in names]
    return len(names) - len(broken) - len(closed), broken + closed + strange


def lines(cases, clean, known):
    """One line a situation: FAILED when a case breaks that is no known gap."""
    result = []
    for number, name in NAMES.items():
        theme = f"situation-{number:02}"
        ids = [case["id"] for case in tested(cases) if case["theme"] == theme]
        right = sum(each in clean for each in ids)
        gaps = sum(each not in clean and each in known for each in ids)
        word = "FAILED" if right + gaps < len(ids) else "gap" if gaps else "ok"
        result.append(f"{word:<7} {theme}  {name:<46} {right} right"
                      + (f", {gaps} known gaps" if gaps else ""))
    return result

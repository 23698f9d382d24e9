"""The board for the desk: what the news says now, how sure we are of it, and what just changed."""
from .grafana import (BAD, GOOD, NEUTRAL, QUIET, WATCH, Alarm, Board, Choice, Column, Marker, Panel,
                      Query, Row)
from .names import in_words

# Tone from -1 to 1: neutral up to ±0.2 as the program counts it, faintly coloured from ±0.05.
TONE_STEPS = [(None, "dark-red"), (-0.6, "semi-dark-red"), (-0.2, "light-red"), (-0.05, QUIET),
              (0.05, "light-green"), (0.2, "semi-dark-green"), (0.6, "dark-green")]
# Below this weight of evidence a tone is the opinion of one old story.
MASS_MIN = 0.1
KINDS = ["capex", "contract", "order", "backlog", "revenue", "run_rate", "guidance", "earnings",
         "cash", "deal", "funding", "product", "supply", "utilisation", "lease", "power", "credit",
         "regulation", "export_control", "legal", "analyst_view", "price_move", "reading",
         "central_bank", "rate_probability", "index_move", "index_outlook", "options_expiry",
         "flows", "positioning", "geopolitics", "market_size", "stated_probability"]
HELD = {"basis_doubt": "Quarter or year in doubt", "circular": "Source quotes itself",
        "fx_off": "Exchange rate far off", "inconsistent_figure": "Figure contradicts itself",
        "listing_conflict": "Listing contradicts catalogue",
        "magnitude_slip": "Slip by a power of ten",
        "ticker_conflict": "Ticker contradicts name"}

MENTIONED_BY = {"alias": ("a name", None), "cashtag": ("a cashtag: $NVDA", None),
                "exchange_prefix": ("an exchange: NASDAQ: NVDA", None),
                "ticker": ("a bare ticker", None), "code": ("a stock code", None),
                "symbol_field": ("the feed, not the text", None), "none": ("nothing we know", None)}

TONE = "max by (sector) (wiremill_sector_sentiment_score{$S})"
MASS = "sum by (sector) (max by (sector, from) (wiremill_sector_evidence_mass{$S}))"
TONE_WITH_EVIDENCE = f"{TONE} and on (sector) {MASS} > {MASS_MIN}"
WEIGHT_MOVE = ('max by (set, scenario) (delta(wiremill_scenario_weight_ratio{$S,set="$pack"}'
               '[$__range]))')
WEIGHT = 'max by (set, scenario) (wiremill_scenario_weight_ratio{$S,set="$pack"})'


def board(names):
    return Board(
        uid="wiremill-signals", title="wiremill: signals", since="now-6h",
        question="What does the news say now, how sure are we of it, and what just changed?",
        choices=[Choice("pack", "Pack", values=names.packs),
                 Choice("page", "Service's page", text="http://127.0.0.1:8321/")],
        markers=[Marker("Service started", "(time() - process_start_time_seconds{$S}) < 60",
                        "started: {{instance}}", NEUTRAL),
                 Marker("Catalogue changed",
                        "sum by (version) (wiremill_catalog_info{$S} unless "
                        "(wiremill_catalog_info{$S} offset 1m))", "catalogue {{version}}", WATCH)],
        rows=[now(names), scenarios(names), sectors(names), money(names), facts(names)])


def now(names):
    return Row("Now", [
        Panel("Newest event", "stat", unit="s", size=(4, 4), alarm=Alarm("WiremillFeedSilent"),
              means="How long ago the last news item or filing was read; heartbeats do not count. "
                    "News has quiet hours; in market hours a quarter of an hour without is odd.",
              act="If it is red in market hours, ask whether the feed still sends; nothing on this "
                  "board is newer than this.",
              queries=[Query("time() - max(wiremill_last_event_timestamp_seconds{$S})")]),
        Panel("Events, past hour", "stat", unit="locale", decimals=0, size=(4, 4), trend=True,
              means="News items and filings read in the past hour, reprints counted.",
              act="Compare it with the same hour of another day before calling it much or little.",
              queries=[Query('sum(increase(wiremill_records_consumed_total{$S,'
                             'topic!~"wiremill[.].*"}[1h]))')]),
        Panel("Facts, past hour", "stat", unit="locale", decimals=0, size=(4, 4), trend=True,
              means="Typed statements found in these events: plans, contracts, guidance, prints.",
              act="Many events and few facts: the news is about something else, or it is worded in "
                  "a way that no rule knows yet.",
              queries=[Query("sum(increase(wiremill_facts_extracted_total{$S}[1h]))")]),
        Panel("Held, past hour", "stat", unit="locale", decimals=0, size=(4, 4), trend=True,
              steps=[(None, GOOD), (1, WATCH)],
              means="Facts that look wrong (a slip by a power of ten, a figure that contradicts "
                    "itself) and so count for nothing until they are settled.",
              act="Below, “What is held” says why. The facts topic has each of them with its words "
                  "and both readings.",
              queries=[Query("sum(increase(wiremill_facts_held_total{$S}[1h]))")]),
        Panel("Signals, past hour", "stat", unit="locale", decimals=0, size=(4, 4), trend=True,
              means="Beliefs that changed enough to be published: sectors, companies, groups, "
                    "scenarios.",
              act="Each names the facts behind it: open the service's page, or read the signals "
                  "topic.",
              queries=[Query("sum(increase(wiremill_signals_produced_total{$S}[1h]))")]),
        Panel("News to signal, 95 %", "stat", unit="s", size=(4, 4),
              means="95 of 100 events were published, read, understood and turned into a committed "
                    "signal within this time. It includes how late the feed delivers.",
              act="If it is long, the board “wiremill: pipeline health” says whether the feed is "
                  "late or we are slow.",
              queries=[Query("histogram_quantile(0.95, sum by (le) (rate(wiremill_end_to_end_"
                             "latency_seconds_bucket{$S}[$__rate_interval])))")]),
    ])


def scenarios(names):
    return Row("Scenarios: ${pack:text}", [
        Panel("Scenario weights", "timeseries", unit="percentunit", size=(14, 10), low=0, high=1,
              stacked=True, names=names.scenarios,
              means="What the pack's scenarios weigh against each other; together they are 100 %. "
                    "They begin at the published odds, and each fact moves them by a limited "
                    "amount.",
              act="A weight is a reading of the news by stated rules, not a forecast. Look at the "
                  "change beside it, then at the facts of the scenario's signal. A gap below 100 % "
                  "is a defect: report it.",
              queries=[Query(WEIGHT, "{{set}}/{{scenario}}")]),
        [Panel("Weights now and their change", "table", unit="percentunit", size=(10, 6),
               names=names.scenarios, sort="Weight",
               means="The same weights as numbers, and by how much each moved in the time that is "
                     "shown, in points of a hundred.",
               act="A move of several points has one or a few facts behind it; the scenario's "
                   "signal names them.",
               queries=[Query(f'label_join({WEIGHT}, "name", "/", "set", "scenario")', table=True),
                        Query(f'label_join({WEIGHT_MOVE}, "name", "/", "set", "scenario")',
                              table=True)],
               columns=[Column("name", "Scenario"),
                        Column("Value #A", "Weight", "percentunit", decimals=1, width=110),
                        Column("Value #B", "Change", "percentunit", decimals=1, width=110)]),
         Panel("Leading scenario of each pack", "table", unit="percentunit", size=(10, 4),
               names={**names.scenarios,
                      **{id_: (name, None) for id_, name in names.packs.items()}},
               sort="Weight",
               means="For every open pack the scenario that weighs most now. A pack that is closed "
                     "is not listed.",
               act="Choose the pack on top of the board to see its course.",
               queries=[Query('label_join(topk by (set) (1, max by (set, scenario) '
                              '(wiremill_scenario_weight_ratio{$S})), "name", "/", "set", '
                              '"scenario")', table=True)],
               columns=[Column("set", "Pack"), Column("name", "Leading scenario", width=180),
                        Column("Value", "Weight", "percentunit", decimals=1, width=80)])],
    ])


def sectors(names):
    return Row("Sectors", [
        Panel("Tone and evidence now", "table", unit="none", size=(10, 17), names=names.sectors,
              sort="Tone",
              means="Tone: what the live facts say about a sector, from −1 (all bad) to 1 (all "
                    "good). Evidence: how much they weigh together; a fresh firm fact from a good "
                    "source weighs about 1. Sectors with hardly any evidence are left out: no news "
                    "is not neutral news.",
              act="Read tone together with evidence. A strong tone with evidence below 1 is one "
                  "story.",
              queries=[Query(TONE_WITH_EVIDENCE, table=True),
                       Query(f"{MASS} > {MASS_MIN}", table=True)],
              columns=[Column("sector", "Sector"),
                       Column("Value #A", "Tone", "none", TONE_STEPS, decimals=2, width=90),
                       Column("Value #B", "Evidence", "none", decimals=1, low=0, gauge=True,
                              width=170)]),
        Panel("Tone by sector", "state-timeline", unit="none", size=(14, 17), names=names.sectors,
              steps=TONE_STEPS, low=-1, high=1, decimals=2, at_least="1m",
              means="Tone over time: green is good, red is bad, grey is balanced. Nothing is drawn "
                    "where there is no evidence to speak of.",
              act="A change of colour is a change of opinion in the news, seldom of prices. Look "
                  "for the fact that did it in the sector's signal.",
              queries=[Query(TONE_WITH_EVIDENCE, "{{sector}}")]),
        Panel("Evidence by sector", "timeseries", unit="none", size=(24, 7), low=0, thin=True,
              names=names.sectors,
              means="Weight of the live evidence behind each sector's tone, the eight heaviest. It "
                    "grows with independent sources and decays as facts age.",
              act="A steep rise: a story is being confirmed by others. A slow fall: nothing new.",
              queries=[Query(f"topk(8, {MASS})", "{{sector}}")]),
    ])


def facts(names):
    return Row("Facts", [
        Panel("Newest facts and their words", "text", size=(24, 3), unit="none", queries=[],
              means="Prometheus keeps numbers, not texts. The service's own page shows the newest "
                    "facts with the words they were read from.",
              act="Set the address on top of the board to where your browser reaches the service.",
              text="The newest facts with the words they were read from, and the facts behind each "
                   "signal: [$page]($page)"),
        Panel("Facts by kind", "timeseries", unit="locale", size=(12, 8), stacked=True, bars=True,
              names=in_words(KINDS), at_least="1m",
              means="Facts found, by what they are about.",
              act="The mix says what the day is about: guidance in earnings weeks, readings on "
                  "print days.",
              queries=[Query("sum by (kind) (increase(wiremill_facts_extracted_total{$S}"
                             "[$__rate_interval])) > 0", "{{kind}}")]),
        Panel("What is held, and why", "table", unit="locale", size=(6, 8), sort="Past day",
              names={id_: (name, None) for id_, name in HELD.items()},
              means="Facts kept away from evidence in the past day because they look wrong.",
              act="Many of one reason point to one source or one rule. Slips by a power of ten are "
                  "worth a look at the original.",
              queries=[Query("sum by (reason) (increase(wiremill_facts_held_total{$S}[1d]))",
                             table=True)],
              columns=[Column("reason", "Why"),
                       Column("Value", "Past day", "locale", decimals=0, width=100)]),
        Panel("Signals by scope", "timeseries", unit="locale", size=(6, 8), stacked=True, bars=True,
              at_least="1m",
              means="Published changes of belief, by what they are about.",
              act="Sector and group signals follow company facts; scenario signals are rarer.",
              queries=[Query("sum by (kind) (increase(wiremill_signals_produced_total{$S}"
                             "[$__rate_interval])) > 0", "{{kind}}")]),
        Panel("Good news against bad", "timeseries", unit="locale", size=(7, 8), stacked=True,
              bars=True, at_least="1m",
              names={"positive": ("sectors in a good light", "green"),
                     "neutral": ("neutral", QUIET),
                     "negative": ("sectors in a bad light", "red")},
              means="Published sector signals by the direction of their tone; within ±0.2 it is "
                    "neutral.",
              act="Much red in many sectors at once is about the market, not about one company.",
              queries=[Query("sum by (direction) (increase(wiremill_signals_by_sector_total{$S}"
                             "[$__rate_interval])) > 0", "{{direction}}")]),
        Panel("Rules that find most", "table", unit="locale", size=(7, 8), sort="Past day",
              means="Extraction rules by the facts they found in the past day, the ten busiest.",
              act="One rule far above its usual place is either news or a rule that has become too "
                  "greedy: read some of its facts.",
              queries=[Query("topk(10, sum by (rule) (increase(wiremill_rule_matches_total{$S}"
                             "[1d])) > 0)", table=True)],
              columns=[Column("rule", "Rule"),
                       Column("Value", "Past day", "locale", decimals=0, width=100)]),
        Panel("How texts name companies", "table", unit="locale", size=(6, 8), sort="Past day",
              names=MENTIONED_BY,
              means="The way in which a company is first named in an event, past day; “none”: a "
                    "name that looks like a company and is not in the catalogue.",
              act="Much “none”: add companies to the catalogue or by CSV.",
              queries=[Query("sum by (method) (increase(wiremill_ticker_resolutions_total{$S}"
                             "[1d]))", table=True)],
              columns=[Column("method", "Named by"),
                       Column("Value", "Past day", "locale", decimals=0, width=90)]),
        Panel("Languages", "table", unit="locale", size=(4, 8), sort="Past day",
              names={"ko": ("Korean", None), "en": ("English", None), "other": ("other", None)},
              means="Events by language in the past day. Korean and English are read; others are "
                    "kept without facts.",
              act="One language at zero: that feed is silent.",
              queries=[Query("sum by (lang) (increase(wiremill_records_by_language_total{$S}"
                             "[1d]))", table=True)],
              columns=[Column("lang", "Language"),
                       Column("Value", "Past day", "locale", decimals=0, width=90)]),
    ])




def money(names):
    periods = "max by (group, period) (wiremill_group_spending_"
    return Row("Money", [
        Panel("What groups plan to spend in a year", "table", unit="currencyUSD", size=(12, 7),
              names=names.groups, sort="Members' own figures",
              means="Capital spending of a group of companies in a fiscal year, in US dollars: the "
                    "members' own latest figures added up, for how many members there is one, what "
                    "others state as the group's total, and the growth over the year before for "
                    "the same members.",
              act="Compare the sum with the stated total only when all members are in it. A jump "
                  "here is one company's new plan: see its signal.",
              queries=[Query('max by (group, period) (wiremill_group_spending_usd{$S,'
                             'basis="computed"})', table=True),
                       Query(f"{periods}members{{$S}})", table=True),
                       Query('max by (group, period) (wiremill_group_spending_usd{$S,'
                             'basis="stated"})', table=True),
                       Query(f"{periods}growth_ratio{{$S}})", table=True)],
              columns=[Column("group", "Group"), Column("period", "Year", width=90),
                       Column("Value #A", "Members' own figures", "currencyUSD", decimals=1),
                       Column("Value #B", "Members", "none", decimals=0, width=90),
                       Column("Value #C", "Stated total", "currencyUSD", decimals=1),
                       Column("Value #D", "Growth", "percentunit", decimals=0, width=90)]),
        Panel("Members' own figures over time", "timeseries", unit="currencyUSD", size=(12, 7),
              thin=True, low=0,
              names={f"{group} {year}": (f"{name}, {year}", None)
                     for group, (name, _) in names.groups.items()
                     for year in ("FY2025", "FY2026", "FY2027")},
              means="The same sums as they grew with the news.",
              act="A step up is a raised plan; a step down is a cut, a correction or a withdrawal. "
                  "The company's ledger has the history.",
              queries=[Query('max by (group, period) (wiremill_group_spending_usd{$S,'
                             'basis="computed"})', "{{group}} {{period}}")]),
    ])

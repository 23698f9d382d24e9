"""The board for operators: does every event get through, fast enough, and if not, where not?"""
from .grafana import (BAD, GOOD, NEUTRAL, WATCH, Alarm, Board, Column, Marker, Panel, Query, Row)

INPUTS = 'topic!~"wiremill[.].*"'
RATE = "[$__rate_interval]"


def by_label(metric, by, matchers="", function="rate", span=RATE):
    """Summed by a label whose value "other" shows only when there is something in it."""
    def summed(which):
        return f"sum by ({by}) ({function}({metric}{{$S{matchers},{by}{which}}}{span}))"
    return f"""{summed('!="other"')} or {summed('="other"')} > 0"""


def quantile(share, metric, by=""):
    labels, matchers = (f"le, {by}", f',{by}!="other"') if by else ("le", "")
    buckets = f"sum by ({labels}) (rate({metric}_bucket{{$S{matchers}}}{RATE}))"
    return f"histogram_quantile({share}, {buckets})"


def board():
    return Board(
        uid="wiremill-pipeline", title="wiremill: pipeline health", since="now-3h",
        question="Does every event get through, fast enough, and if not, where does it stop?",
        markers=[Marker("Service started", "(time() - process_start_time_seconds{$S}) < 60",
                        "started: {{instance}}", NEUTRAL),
                 Marker("Rebalance", "sum by (event) (increase(wiremill_rebalances_total{$S}"
                        "[$__interval])) > 0", "partitions: {{event}}", WATCH)],
        rows=[now(), flow(), latency(), losses(), lanes(), http(), machine()])


def now():
    return Row("Now", [
        Panel("Instances up", "stat", unit="locale", decimals=0, size=(3, 4),
              steps=[(None, BAD), (1, GOOD)],
              means="Processes that answer Prometheus.",
              act="Fewer than you run: look at the process that is missing, its log says why it "
                  "ended. Alert: WiremillDown.",
              queries=[Query("sum(up{$S})")]),
        Panel("Lag", "stat", unit="s", decimals=0, size=(3, 4), alarm=Alarm("WiremillLagHigh"),
              means="Age of the oldest record that waits, over all topics. It grows a second each "
                    "second while nothing is done; up to about one second, nothing waits.",
              act="Find the topic in “Lag by topic”. news, filings: extract is slow or stopped; "
                  "facts: score.",
              queries=[Query('max(topic:wiremill_lag:seconds{job=~"$job"})')]),
        Panel("Heartbeat", "stat", unit="s", decimals=0, size=(3, 4),
              alarm=Alarm("WiremillHeartbeatLost"),
              means="Age of the newest synthetic event that went through both stages. It needs a "
                    "sender: one event with “synthetic”: true every 15 seconds.",
              act="Red although the lag is low: events do not arrive at all; look at the sender "
                  "and the broker.",
              queries=[Query('time() - max(wiremill_heartbeat_timestamp_seconds{$S,'
                             'stage="score"})')]),
        Panel("Dead letters, 1 h", "stat", unit="locale", decimals=0, size=(3, 4),
              steps=[(None, GOOD), (1, BAD)],
              means="Records that could not be worked on; they are kept with their bytes and the "
                    "reason. Each is a lost event.",
              act="Read them in the dead-letters topic: the reason names the field. Alert: "
                  "WiremillDeadLetters.",
              queries=[Query("sum(increase(wiremill_dead_letters_total{$S}[1h]))")]),
        Panel("Within 250 ms, 1 h", "stat", unit="percentunit", decimals=2, size=(4, 4),
              steps=[(None, BAD), (0.95, WATCH), (0.995, GOOD)],
              means="Share of records that a stage polled and committed within 250 ms. The "
                    "service level is 99.5 % over 30 days.",
              act="Below it: “Where the time goes” tells work from commits. Alerts: "
                  "WiremillBudgetBurn….",
              queries=[Query('job:wiremill_fast:ratio_rate1h{job=~"$job"}', "{{job}}")]),
        Panel("Received to signal, 99 %", "stat", unit="s", size=(4, 4),
              means="99 of 100 events that led to a signal took at most this from being received "
                    "to the committed signal: ours alone, both stages.",
              act="Usually tens of milliseconds. Seconds: a lane is behind, see the lag.",
              queries=[Query(quantile(0.99, "wiremill_signal_latency_seconds"))]),
        Panel("Lanes held", "stat", unit="locale", decimals=0, size=(4, 4),
              means="Lanes that these processes hold, by stage. All lanes of a stage must be held "
                    "by somebody.",
              act="Fewer than the layout has, for more than a few seconds: some records are read "
                  "by nobody. Look for rebalances and restores below.",
              queries=[Query("sum by (stage) (wiremill_lanes{$S})", "{{stage}}")]),
    ])


def flow():
    return Row("Is everything getting through?", [
        Panel("In", "timeseries", unit="recps", size=(8, 8), low=0, stacked=True,
              means="Records read a second, by topic. The facts topic is the way from the first "
                    "stage to the second.",
              act="An input at 0 in market hours: ask the feed. Inputs flow and facts do not: "
                  "extract is stopped.",
              queries=[Query(by_label("wiremill_records_consumed_total", "topic"),
                             "{{topic}}")]),
        Panel("Out", "timeseries", unit="recps", size=(8, 8), low=0, stacked=True,
              means="Records written a second by committed units, by topic. One event makes one "
                    "facts record and, through it, none or many signals.",
              act="Facts flow and signals do not: score is stopped, or nothing moves a belief.",
              queries=[Query(by_label("wiremill_records_produced_total", "topic"),
                             "{{topic}}")]),
        Panel("Bytes in", "timeseries", unit="Bps", size=(8, 8), low=0, stacked=True,
              means="Bytes of keys and values read a second, by topic.",
              act="Many bytes and few records: the feed has begun to send long texts.",
              queries=[Query(by_label("wiremill_consumed_bytes_total", "topic"), "{{topic}}")]),
        Panel("Lag by topic, seconds", "timeseries", unit="s", size=(12, 8), low=0,
              alarm=Alarm("WiremillLagHigh", watch=0),
              means="Age of the oldest record that waits in a topic. The dashed line is where the "
                    "alert begins.",
              act="A straight rise of one second a second: nothing is done at all. A saw-tooth "
                  "that drains: bursts, harmless below the line.",
              queries=[Query('topic:wiremill_lag:seconds{job=~"$job"}', "{{topic}}")]),
        Panel("Lag, the five worst partitions", "timeseries", unit="locale", size=(12, 8), low=0,
              decimals=0,
              means="Committed records that are not worked on yet, counted by ourselves.",
              act="One partition far above the others: one lane is slow or one key is hot. All "
                  "alike: we need more processes, or the broker is slow.",
              queries=[Query("topk(5, max by (topic, partition) (wiremill_consumer_lag_records"
                             "{$S}))", "{{topic}} {{partition}}")]),
    ])


def latency():
    return Row("How long does it take?", [
        Panel("Late news or slow us? 95 %", "timeseries", unit="s", size=(12, 9), thin=True,
              log_scale=True,
              means="Four spans, each with 95 of 100 events below it. Feed: published to received. "
                    "Stage: polled to committed. Ours: received to signal. Desk: published to "
                    "signal.",
              act="Feed high: the news was late before we had it. Stage high: we are slow. Ours "
                  "high but stage low: records wait, see the lag.",
              queries=[Query(quantile(0.95, "wiremill_source_delay_seconds"), "feed"),
                       Query(quantile(0.95, "wiremill_processing_duration_seconds"), "stage"),
                       Query(quantile(0.95, "wiremill_signal_latency_seconds"), "ours"),
                       Query(quantile(0.95, "wiremill_end_to_end_latency_seconds"), "desk")]),
        Panel("Polled to committed", "heatmap", unit="s", size=(12, 9), at_least="15s",
              means="How many records took how long in a stage, commit included. The service level "
                    "counts what is above 250 ms.",
              act="Two separate bands: bursts are committed in large units. A band that creeps up: "
                  "score folds crowded scopes, or the broker slows down.",
              queries=[Query("sum by (le) (increase(wiremill_processing_duration_seconds_bucket"
                             "{$S}[$__rate_interval]))", "{{le}}")]),
        Panel("Received to signal", "timeseries", unit="s", size=(8, 8), thin=True, low=0,
              means="From receiving an event to its committed signal: half, 95 and 99 of 100 "
                    "events are below.",
              act="A wide gap between half and 99: some lane or some unit is slow, not all.",
              queries=[Query(quantile(share, "wiremill_signal_latency_seconds"), label)
                       for share, label in ((0.5, "50 %"), (0.95, "95 %"), (0.99, "99 %"))]),
        Panel("Where the time goes", "timeseries", unit="percentunit", size=(8, 8), low=0,
              stacked=True,
              means="Seconds that a stage spends on work and on commits, each second: 100 % is one "
                    "lane that never rests.",
              act="Work near the number of lanes: more processes. Commits above work: look at the "
                  "broker or the disk.",
              queries=[Query(by_label("wiremill_stage_duration_seconds_sum", "stage"),
                             "{{stage}} work"),
                       Query(by_label("wiremill_commit_duration_seconds_sum", "stage"),
                             "{{stage}} commit")]),
        Panel("One commit, 99 %", "timeseries", unit="s", size=(8, 8), low=0, thin=True,
              means="99 of 100 commits end within this time, by stage.",
              act="Usually milliseconds. Long with Kafka: look at the transaction coordinator and "
                  "at min.insync.replicas; embedded log: at the disk.",
              queries=[Query(quantile(0.99, "wiremill_commit_duration_seconds", "stage"),
                             "{{stage}}")]),
    ])


def losses():
    return Row("What is lost or in doubt?", [
        Panel("Read and led to nothing", "timeseries", unit="locale", size=(10, 8), low=0,
              stacked=True, bars=True, decimals=0, at_least="1m",
              means="Records that were read and led to nothing, by reason: dead letters, and "
                    "duplicates, old revisions and records that came too late, which are no fault.",
              act="bad_json, missing_field, wrong_type: the feed changed its format. duplicate: "
                  "the feed repeats itself.",
              queries=[Query("sum by (reason) (increase(wiremill_records_rejected_total{$S}"
                             "[$__rate_interval])) > 0", "{{reason}}")]),
        Panel("Dead letters, past day", "table", unit="locale", size=(7, 8), sort="Records",
              means="Lost records by where and why.",
              act="Read one with its reason in the dead-letters topic, mend the feed or the "
                  "mapping, then send it again.",
              queries=[Query("topk(8, sum by (stage, reason) (increase("
                             "wiremill_dead_letters_total{$S}[1d]))) > 0", table=True)],
              columns=[Column("stage", "Stage", width=90), Column("reason", "Reason"),
                       Column("Value", "Records", "locale", decimals=0, width=90)]),
        Panel("Doubts, past day", "stat", unit="locale", decimals=0, size=(7, 8),
              steps=[(None, GOOD), (1, WATCH)], options={"orientation": "horizontal"},
              means="Things that should be 0: searches that a pattern could not finish, events "
                    "refused over HTTP, fields that no schema names, events too long to be read "
                    "to the end, scopes that are full, corrections that match no story.",
              act="Patterns: simplify the rule that the log names. Refused: tell the sender. "
                  "Unknown fields: a newer feed. Full scopes: raise score.scope_facts_max.",
              queries=[Query("sum(increase(wiremill_re2_errors_total{$S}[1d]))",
                             "patterns given up", now=True),
                       Query("sum(increase(wiremill_ingest_refused_total{$S}[1d]))",
                             "refused by HTTP", now=True),
                       Query("sum(increase(wiremill_unknown_fields_total{$S}[1d]))",
                             "unknown fields", now=True),
                       Query("sum(increase(wiremill_records_cut_total{$S}[1d]))",
                             "events cut short", now=True),
                       Query("sum(wiremill_saturated_scopes{$S})", "full scopes", now=True),
                       Query("sum(increase(wiremill_corrections_unlinked_total{$S}[1d]))",
                             "corrections alone", now=True)]),
    ])


def lanes():
    return Row("Lanes, commits, Kafka", [
        Panel("Units of work", "timeseries", unit="ops", size=(8, 8), low=0,
              means="Units of work a second by how they ended. An aborted unit left nothing behind "
                    "and is done again.",
              act="Aborts now and then belong to rebalances. Many: the log names the reason; "
                  "often transactions time out. Alert: WiremillCommitsAborted.",
              queries=[Query(by_label("wiremill_commits_total", "stage",
                                      f',outcome="{outcome}"'), f"{{{{stage}}}} {outcome}")
                       for outcome in ("committed", "aborted")]),
        Panel("Records in a unit", "timeseries", unit="locale", size=(8, 8), low=0, thin=True,
              decimals=1,
              means="Input records that one committed unit covers, on average.",
              act="Near 1: light traffic. Hundreds: we catch up, each record waits for the others.",
              queries=[Query(f"sum by (stage) (rate(wiremill_committed_records_total{{$S}}{RATE})) "
                             "/ sum by (stage) (rate(wiremill_commits_total{$S,"
                             f'outcome="committed",stage!="other"}}{RATE}))', "{{stage}}")]),
        Panel("Lanes taken, lost and given back", "timeseries", unit="locale", size=(8, 8), low=0,
              bars=True, stacked=True, decimals=0,
              means="Lane changes by how: acquired, closed (in order), lost (somebody else has "
                    "it), dropped (it failed and is restored).",
              act="Lost or dropped without a deployment: look at the log of that instance.",
              queries=[Query(by_label("wiremill_lane_changes_total", "event",
                                      function="increase"), "{{event}}")]),
        Panel("Rebalances, fences, new producers", "timeseries", unit="locale", size=(8, 8), low=0,
              bars=True, stacked=True, decimals=0,
              means="What Kafka changes under us: partitions assigned or revoked, a lane shut out "
                    "by its next holder, transactional producers replaced. All 0 on the embedded "
                    "log.",
              act="More than a deployment explains: processes miss their session timeout. Alert: "
                  "WiremillRebalancing.",
              queries=[Query(by_label("wiremill_rebalances_total", "event",
                                      function="increase"), "{{event}}"),
                       Query("sum(increase(wiremill_fenced_total{$S}[$__rate_interval]))",
                             "fenced"),
                       Query("sum(increase(wiremill_producer_renewals_total{$S}"
                             "[$__rate_interval]))", "new producer")]),
        Panel("Restoring", "timeseries", unit="locale", size=(8, 8), low=0, decimals=0,
              means="Lanes whose state is being read back, and the records of state read a second. "
                    "A lane works only when it is complete.",
              act="Lanes that stay here while records stand still: the state topic cannot be read. "
                  "Alert: WiremillRestoreStuck.",
              queries=[Query("sum by (stage) (wiremill_lanes_restoring{$S})",
                             "{{stage}} lanes"),
                       Query(by_label("wiremill_restored_records_total", "stage"),
                             "{{stage}} records/s")]),
        [Panel("One restore, since the start", "stat", unit="s", size=(8, 4),
               means="How long it took on average from taking a lane to its state being complete.",
               act="It is the time during which that lane's events wait after a crash. Seconds are "
                   "normal with much state.",
               queries=[Query('sum by (stage) (wiremill_restore_duration_seconds_sum{$S,'
                              'stage!="other"}) / sum by (stage) '
                              '(wiremill_restore_duration_seconds_count{$S,stage!="other"})',
                              "{{stage}}")]),
         Panel("Oldest turn of a lane", "stat", unit="s", decimals=1, size=(8, 4),
               alarm=Alarm("WiremillLaneStuck"),
               means="Age of the last sign of life of the lane that has been silent longest. A "
                     "lane's thread comes round every second.",
               act="Red: that thread hangs in one record or in the log. A stack trace of the "
                   "process shows where; then restart it.",
               queries=[Query("max(timestamp(wiremill_lane_turned_timestamp_seconds{$S}) - "
                              "wiremill_lane_turned_timestamp_seconds{$S})")])],
        Panel("Errors of the stages", "table", unit="locale", size=(8, 7), sort="Past day",
              means="Errors that reached the loop of a stage, by what it does about them: "
                    "transient is tried again, malformed becomes a dead letter, rejected and fatal "
                    "stop the stage.",
              act="rejected, fatal: read the log, something must be changed. Alert: "
                  "WiremillStageErrors.",
              queries=[Query(by_label("wiremill_stage_errors_total", "kind",
                                      function="increase", span="[1d]"), table=True)],
              columns=[Column("kind", "Kind"),
                       Column("Value", "Past day", "locale", decimals=0, width=110)]),
        Panel("Errors of the Kafka client", "timeseries", unit="eps", size=(8, 7), low=0,
              means="Errors a second, by the client's own words.",
              act="FAIL, REQTMOUT: the network or the broker. MAXPOLL, SESSTMOUT: we were silent "
                  "for too long. Alert: WiremillKafkaErrors.",
              queries=[Query(by_label("wiremill_kafka_errors_total", "code"), "{{code}}")]),
        Panel("Records tried alone", "timeseries", unit="recps", size=(8, 7), low=0,
              means="After an unclean stop at the same place records are tried one by one.",
              act="A record has stopped the process before: it ends in the dead letters if it does "
                  "so again. Send its bytes to us.",
              queries=[Query(by_label("wiremill_record_retries_total", "stage"), "{{stage}}")]),
    ])


def http():
    return Row("HTTP", [
        Panel("Requests", "timeseries", unit="reqps", size=(8, 7), low=0, stacked=True,
              means="Requests answered a second, by route and kind of answer.",
              act="5xx: the service cannot append to the log. 4xx on /v1/events: a sender's events "
                  "are refused.",
              queries=[Query("sum by (route, code) (rate(wiremill_http_requests_total{$S}"
                             "[$__rate_interval])) > 0", "{{route}} {{code}}")]),
        Panel("Events taken in", "timeseries", unit="recps", size=(8, 7), low=0,
              means="Events a second that came over HTTP and are durable.",
              act="0 is normal when the feed writes to Kafka itself.",
              queries=[Query(f"sum(rate(wiremill_ingest_records_total{{$S}}{RATE}))",
                             "taken in")]),
        Panel("Time of a request, 95 %", "timeseries", unit="s", size=(8, 7), low=0, thin=True,
              means="95 of 100 requests are answered within this time.",
              act="Long with large POSTs: send smaller ones.",
              queries=[Query(quantile(0.95, "wiremill_http_request_duration_seconds"),
                             "all routes")]),
    ])


def machine():
    return Row("Process", [
        Panel("CPU", "timeseries", unit="percentunit", size=(8, 7), low=0, thin=True,
              means="Processor time used; 100 % is one core.",
              act="Near the number of cores: add a process or a core.",
              queries=[Query(f"rate(process_cpu_seconds_total{{$S}}{RATE})", "{{instance}}")]),
        Panel("Resident memory", "timeseries", unit="bytes", size=(8, 7), low=0, thin=True,
              means="Memory in use. Stories make most of it, about 4 KiB each.",
              act="A steady rise over days: lower score.stories_max or give it more memory.",
              queries=[Query("process_resident_memory_bytes{$S}", "{{instance}}")]),
        Panel("Threads and open files", "timeseries", unit="locale", size=(8, 7), low=0, thin=True,
              decimals=0,
              means="Threads, and open file descriptors, sockets included.",
              act="Files near the limit: raise LimitNOFILE. Alert: WiremillFilesNearLimit.",
              queries=[Query("process_threads{$S}", "threads {{instance}}"),
                       Query("process_open_fds{$S}", "files {{instance}}")]),
        Panel("Instances", "table", unit="s", size=(12, 6), sort="Up for",
              means="What runs where: version, revision and time since its start.",
              act="Two versions for long: a deployment got stuck. Alert: WiremillMixedVersions.",
              queries=[Query("wiremill_build_info{$S} * on (job, instance) group_left () "
                             "(time() - process_start_time_seconds{$S})", table=True)],
              columns=[Column("instance", "Instance"), Column("version", "Version", width=100),
                       Column("revision", "Revision", width=140),
                       Column("Value", "Up for", "s", decimals=0, width=110)]),
        Panel("Catalogue", "table", unit="dateTimeAsIso", size=(12, 6), sort="Loaded at",
              means="The knowledge that each instance uses, and since when.",
              act="Instances with different catalogues disagree about the same event. Alert: "
                  "WiremillMixedCatalogues.",
              queries=[Query("1000 * wiremill_catalog_loaded_timestamp_seconds{$S} * on (job, "
                             "instance) group_left (version, digest) wiremill_catalog_info{$S}",
                             table=True)],
              columns=[Column("instance", "Instance", width=140),
                       Column("version", "Version", width=100), Column("digest", "Digest"),
                       Column("Value", "Loaded at", "dateTimeAsIso", width=170)]),
    ])

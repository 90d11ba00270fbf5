package io.tanggap.core.measure;

import java.util.Arrays;
import java.util.List;

/**
 * The catalogue of figures: what each one means, by which formula, of which day, for whom, what it does not say, and where it
 * stands: in rows, in pairs of units, or in report cards alone, because it is one of a set of peers. The fields are named
 * here and nowhere else; {@code _low} and {@code _high} beside a share or a time are the limits of
 * its interval of 95 %: Wilson's for shares of cases, and for times the ages at which the pointwise log–log interval of the
 * curve holds the share.
 */
public enum Measure {
    /** How much came in. */
    INTAKE(
            "V1",
            "Intake",
            "Cases submitted in the window, and how their first target stands.",
            "received = cohort_met + cohort_missed_late + cohort_missed_open + cohort_running + cohort_paused"
                    + " + cohort_undecidable + cohort_not_applicable",
            Of.SUBMISSION,
            Whose.TERRITORY_AND_CHARGED,
            "Duplicates count. The split changes while cases go on; the share on time is T3.",
            "counts.received",
            "counts.cohort_met",
            "counts.cohort_missed_late",
            "counts.cohort_missed_open",
            "counts.cohort_running",
            "counts.cohort_paused",
            "counts.cohort_undecidable",
            "counts.cohort_not_applicable"),
    /** How much came in for the people who live there. */
    INTAKE_PER_RESIDENTS(
            "V1a",
            "Intake by residents",
            "Cases submitted in the window for every 1,000 residents of the territory.",
            "1,000 * received / residents",
            Of.SUBMISSION,
            Whose.TERRITORY,
            "Of all channels and categories together. Absent where the reference does not say how many live there, at the end of"
                    + " the window. Who reports need not live there: by day others are in the centre.",
            "ratios.received_per_1000_residents"),
    /** How many things were wrong in the city. */
    DISTINCT_PROBLEMS(
            "V2",
            "Distinct problems",
            "Problems whose earliest report is of the window: cases with all that were merged into them.",
            "number of problems; a case closed as a duplicate of nothing that is named is none, and yet has a time in T4 to T9",
            Of.SUBMISSION,
            Whose.TERRITORY_AND_CHARGED,
            "Merging is done by people; what nobody merged counts twice.",
            "counts.problems"),
    /** How often the same thing is reported. */
    REPORTER_WEIGHT(
            "V3",
            "Reports per problem",
            "How often a problem was reported.",
            "reports of the cohort's problems / problems",
            Of.SUBMISSION,
            Whose.TERRITORY_AND_CHARGED,
            "Reports, not people: nobody knows who is who.",
            "ratios.reports_per_problem"),
    /** What is open. */
    BACKLOG(
            "V4",
            "Backlog by age",
            "Open cases at the end of the window, or now while it goes on; by age since the submission at its closing midnight.",
            "sum of all days before: entered - left; open_at_midnight is the sum of the ages",
            Of.STOCK,
            Whose.TERRITORY_AND_HOLDER,
            "overdue: the resolution's deadline is past; without_target: no policy covers them; stale: silent for longer than"
                    + " the reference allows.",
            "counts.open",
            "counts.overdue",
            "counts.without_target",
            "counts.stale",
            "counts.open_at_midnight",
            "counts.open_0_3_days",
            "counts.open_3_7_days",
            "counts.open_7_14_days",
            "counts.open_14_30_days",
            "counts.open_30_90_days",
            "counts.open_90_180_days",
            "counts.open_over_180_days"),
    /** Whether more comes in than goes out. */
    FLOW(
            "V5",
            "Inflow and outflow",
            "Cases that became open and ceased to be in the window; for a holder, that came into its hands and left them.",
            "open at the end = open at the start + open_entered - open_left",
            Of.EVENT,
            Whose.TERRITORY_AND_HOLDER,
            "A reopened case enters again.",
            "counts.open_entered",
            "counts.open_left",
            "counts.reopened"),
    /** First response on time. */
    FIRST_REPLY(
            "T1",
            "First reply on time",
            "Of the targets for a first public reply by the city that were due, the kept ones.",
            "first_response_met / (first_response_met + first_response_missed)",
            Of.DEADLINE,
            Whose.CHARGED,
            "A case closed in time, without any reply, has no verdict here. Automatic replies and internal notes are none.",
            fieldsOf("first_response")),
    /** Coordination on time. */
    COORDINATION(
            "T2",
            "Coordination on time",
            "Of the targets for deciding about a case that was received unasked (work on it, hand it on, claim it done), the kept"
                    + " ones.",
            "handover_met / (handover_met + handover_missed)",
            Of.DEADLINE,
            Whose.FIRST_HOLDER,
            "Taken away by others before it decided: no verdict.",
            fieldsOf("handover")),
    /** The other targets. */
    OTHER_TARGETS(
            "T2a",
            "Other targets on time",
            "The same for triage at the intake desk, answering an offer, keeping a case no longer than allowed (dwell), signs of"
                    + " progress (update), validating a claim, and doing again what was rejected (redo).",
            "met / (met + missed); handed_on is the share that was passed on in time, which is no success",
            Of.DEADLINE,
            Whose.CHARGED,
            "Undecidable and passed on are in no share on time.",
            join(
                    fieldsOf("triage"),
                    fieldsOf("acceptance"),
                    fieldsOf("dwell"),
                    fieldsOf("update"),
                    fieldsOf("validation"),
                    fieldsOf("redo"))),
    /** Resolution on time. */
    RESOLUTION_ON_TIME(
            "T3",
            "Resolution on time",
            "Of the targets for the resolution that were due, the kept ones; open overdue cases count as missed.",
            "due_met / (due_met + due_missed)",
            Of.DEADLINE,
            Whose.RULE,
            "Any closing in time keeps the target, whatever its outcome; Q4 has the outcomes. Outside the share: inherited"
                    + " (received with at most a quarter of the time left), undecidable by polls"
                    + " (bounds: on_time_at_worst, on_time_at_best), without target. Rule SHARE: parts per million, shared_on_time, and no"
                    + " interval. Contested and overturned verdicts count as computed.",
            "counts.due_met",
            "counts.due_missed",
            "counts.due_missed_open",
            "counts.due_inherited",
            "counts.due_undecidable",
            "counts.due_contested",
            "counts.due_overturned",
            "shares.on_time",
            "shares.on_time_at_worst",
            "shares.on_time_at_best",
            "counts.shared_met_ppm",
            "counts.shared_missed_ppm",
            "shares.shared_on_time"),
    /** Resolved within a week, two, a month. */
    RESOLVED_WITHIN(
            "T4",
            "Resolved within 7, 14, 30 days",
            "Of the problems of days that ended at least so many days ago, those fixed or answered within so many days.",
            "first stop as FIXED or ANSWERED at an age of at most h / problems of mature days; maturity = mature / all",
            Of.SUBMISSION,
            Whose.TERRITORY_AND_CHARGED,
            "Of the first closing: whether it lasted is T8 and T9. A claim counts once a closing confirms it. A closing whose"
                    + " outcome is not told (UNKNOWN) counts as neither: where Q4 has many, read the time to any closing, T5. Dated before their"
                    + " submission: in neither number. Nor are problems that an import holds only because they were still open: those"
                    + " that had ended before are not in it.",
            "shares.resolved_7_days",
            "shares.resolved_14_days",
            "shares.resolved_30_days",
            "counts.mature_7_days",
            "counts.mature_14_days",
            "counts.mature_30_days",
            "shares.maturity_7_days",
            "shares.maturity_14_days",
            "shares.maturity_30_days"),
    /** How long it takes. */
    TIME_TO_RESOLUTION(
            "T5",
            "Time to resolution, and to any closing",
            "The age at which 50, 80, 90 percent of the problems are resolved (closed: in whatever way), open ones at risk until"
                    + " their present age.",
            "Aalen-Johansen incidence of FIXED or ANSWERED with other first closings competing; 1 - Kaplan-Meier for any closing;"
                    + " right-closed bins: hours to 3 days, days to 180, weeks to 2 years",
            Of.SUBMISSION,
            Whose.TERRITORY_AND_CHARGED,
            "As of the last midnight. The resolution is at the claim that stood. For a holder too it begins at the submission,"
                    + " with what others took before: its own time is H8. NOT_REACHED: fewer have ended so within the"
                    + " follow-up; BEYOND_LAST_BIN: after more than two years. Late entries, which an import holds only because they were"
                    + " still open at some age, are at risk from there on; everything is then said of problems still open at"
                    + " conditional_from, the first age at which 10 are at risk. FOLLOW_UP: there is none. Uncut rows of a month or"
                    + " longer hold the whole curve to any closing, close_curve.",
            "counts.at_risk",
            "counts.censored",
            "counts.late_entries",
            "times.resolution_p50_hours",
            "times.resolution_p80_hours",
            "times.resolution_p90_hours",
            "times.close_p50_hours",
            "times.close_p80_hours",
            "times.close_p90_hours",
            "times.resolution_conditional_from_hours",
            "times.close_conditional_from_hours"),
    /** Mean time within a month. */
    RESTRICTED_MEAN(
            "T6",
            "Mean time to resolution within 30 days",
            "The mean over the first 30 days, 30 days for whatever is not resolved by then, with its standard error.",
            "area under 1 - incidence of T5 up to 720 hours, trapezoids within bins; error by the delta method",
            Of.SUBMISSION,
            Whose.TERRITORY_AND_CHARGED,
            "Only with at least 10 problems at risk at 30 days, and at age 0 where some enter late; else FOLLOW_UP.",
            "times.resolution_mean_30_days_hours",
            "times.resolution_mean_30_days_hours_error"),
    /** The median that flatters. */
    CLOSED_ONLY(
            "T7",
            "Median of closed cases",
            "The median age of the closings of the window, for contrast.",
            "lower median of ages at the closings, by bin",
            Of.CLOSING,
            Whose.TERRITORY_AND_CLOSER,
            "Other cases than those of T5, closed in the window whenever they came, and none that is open: it is short where"
                    + " old cases stay open, and never to be read without T5 beside it.",
            "times.closed_only_p50_hours"),
    /** Whether resolutions last. */
    DURABLE(
            "T8",
            "Durable resolution",
            "Of the cycles that ended as fixed or answered, those of which for 14 days nobody took the case up again or reported"
                    + " the problem anew.",
            "1 - returned / resolutions of days that ended at least 14 days ago",
            Of.STOP,
            Whose.TERRITORY_AND_CLAIMANT,
            "A new report counts if it was merged into the case.",
            "counts.resolutions_14_days_old",
            "shares.durable"),
    /** How long until it lasts. */
    TIME_TO_DURABLE(
            "T9",
            "Time to durable resolution",
            "As T5, to the first closing that lasted 14 days, as of 14 days before the last midnight.",
            "Aalen-Johansen incidence of durable FIXED or ANSWERED, other durable closings competing",
            Of.SUBMISSION,
            Whose.TERRITORY_AND_CHARGED,
            "From the submission, times between closings included.",
            "times.durable_resolution_p50_hours",
            "times.durable_resolution_p80_hours",
            "times.durable_resolution_p90_hours",
            "times.durable_resolution_conditional_from_hours"),
    /** Of what nobody hears. */
    UPDATE_SILENCE(
            "T10",
            "Update silence",
            "Of the open cases at the closing midnight, those whose latest event is of a day more than 3, 7, 14, 30 days before.",
            "silent / open_at_midnight",
            Of.STOCK,
            Whose.TERRITORY_AND_HOLDER,
            "The reporter's own messages are events too.",
            "counts.silent_over_3_days",
            "counts.silent_over_7_days",
            "counts.silent_over_14_days",
            "counts.silent_over_30_days",
            "shares.silent_over_3_days",
            "shares.silent_over_7_days",
            "shares.silent_over_14_days",
            "shares.silent_over_30_days"),
    /** What comes back. */
    RETURNED(
            "Q1",
            "Reopened or reported anew",
            "As T8, of every outcome but duplicates.",
            "returned / cycles that ended on days that ended at least 14 days ago",
            Of.STOP,
            Whose.TERRITORY_AND_CLAIMANT,
            "",
            "counts.stops_14_days_old",
            "shares.returned"),
    /** Claims that do not hold. */
    VALIDATION_FAILURE(
            "Q2",
            "Rejected claims",
            "Of the claims that a validator judged, the rejected ones.",
            "rejected / judged",
            Of.CLAIM,
            Whose.TERRITORY_AND_CLAIMANT,
            "Sources without validation judge none.",
            "shares.claims_rejected"),
    /** What reporters say. */
    RATING(
            "Q3",
            "Rating",
            "Mean of stars, share of 1 and 2, and how many closings were rated at all.",
            "sum of stars / rated; rated / closed",
            Of.CLOSING,
            Whose.TERRITORY_AND_CLOSER,
            "Those who answer are not those who do not. The latest rating between a closing and the next belongs to the former.",
            "ratios.rating",
            "shares.rated_1_or_2",
            "shares.rated",
            "counts.rated_1",
            "counts.rated_2",
            "counts.rated_3",
            "counts.rated_4",
            "counts.rated_5"),
    /** How cases end. */
    OUTCOMES(
            "Q4",
            "Outcome mix",
            "Closings of the window by outcome.",
            "closed = sum over the outcomes",
            Of.CLOSING,
            Whose.TERRITORY_AND_CLOSER,
            "UNKNOWN: the source says that it closed, and no more.",
            "counts.closed",
            "counts.closed_fixed",
            "counts.closed_answered",
            "counts.closed_justified_no_action",
            "counts.closed_out_of_city_jurisdiction",
            "counts.closed_duplicate",
            "counts.closed_invalid",
            "counts.closed_withdrawn",
            "counts.closed_no_reply_timeout",
            "counts.closed_unable",
            "counts.closed_unknown"),
    /** How often cases change hands. */
    HOPS(
            "H1",
            "Hand-overs",
            "Hand-overs between agencies in the window, and per cycle that was closed in it.",
            "hops of the cycles closed / closed",
            Of.CLOSING,
            Whose.TERRITORY_AND_CLOSER,
            "From the intake desk and within an agency it is none.",
            "counts.handovers_out",
            "counts.handovers_in",
            "ratios.hops_per_closing"),
    /** Done by whoever got it first. */
    FIRST_LINE(
            "H2",
            "First-line resolution",
            "Of the cycles closed as fixed or answered, those of cases without a hop until then; by whether the case was its first"
                    + " holder's task.",
            "resolved without a hop / resolved",
            Of.CLOSING,
            Whose.ORIGIN,
            "Without a task of its own, a holder that passes on does right.",
            "shares.first_line",
            "shares.first_line_with_task",
            "shares.first_line_without_task"),
    /** To and fro. */
    PING_PONG(
            "H3",
            "Ping-pong",
            "Of the cycles closed after a hop, those that came right back to an agency (A-x-A), or by way of more than one.",
            "came back / closed after hops",
            Of.CLOSING,
            Whose.PATH,
            "For a holder: loops of which it is an end, of the cycles in whose hops it took part. A cycle counts for each unit on"
                    + " its way, and so more than once for a unit above several of them.",
            "counts.closed_after_hops",
            "shares.came_back",
            "shares.came_around"),
    /** Offered, and then nothing. */
    LIMBO(
            "H4",
            "Limbo",
            "How long offers stand until the receiver takes the case, refusals, recalls and lapses competing.",
            "Aalen-Johansen incidence over the time by which the resolution is judged",
            Of.OFFER,
            Whose.ANSWERABLE,
            "For the receiver if the case is its task or nobody knows, else for the giver. As of the last midnight. Offers of closed"
                    + " cases are none, as in H5 to H7.",
            "counts.offers_followed",
            "times.offer_taken_p50_hours",
            "times.offer_taken_p80_hours"),
    /** Refused. */
    DECLINED(
            "H5",
            "Declined offers",
            "Of the offers answered, the refused ones; apart, those that were not the receiver's task and those that were.",
            "declined / (accepted + taken + declined)",
            Of.OFFER,
            Whose.RECEIVER,
            "Whose task it is, by the reference known at the offer; unknown is in neither part.",
            "counts.offers_answered",
            "shares.declined",
            "shares.declined_without_task",
            "shares.declined_with_task"),
    /** Offered to the wrong one. */
    MISROUTED(
            "H6",
            "Mis-routed offers",
            "Of the offers made, those to a unit whose task the case is not.",
            "misrouted / offers of which the reference knows",
            Of.OFFER,
            Whose.GIVER,
            "",
            "counts.offers",
            "counts.offers_competence_unknown",
            "shares.misrouted"),
    /** Handed on at the last moment. */
    LATE_DUMP(
            "H7",
            "Late dumps",
            "Of the offers of cases whose resolution was due, and not claimed yet, those made with three quarters or more of the"
                    + " target used.",
            "late / offers while such a target ran",
            Of.OFFER,
            Whose.GIVER,
            "",
            "shares.offered_late"),
    /** How long holders keep cases. */
    STAY(
            "H8",
            "Dwell",
            "How long a stay with the holder lasts, and how it has ended after 30 days: resolved, or handed on.",
            "1 - Kaplan-Meier over stays for any end; Aalen-Johansen incidence at 720 hours by end",
            Of.STAY,
            Whose.HOLDER,
            "Until the claim that stands. In the time by which the resolution is judged, waits included: a day is 24 of its hours."
                    + " As of the last midnight.",
            "counts.stays",
            "times.stay_p50_hours",
            "times.stay_p80_hours",
            "shares.stay_resolved_30_days",
            "shares.stay_handed_on_30_days"),
    /** Part of the blame. */
    BREACH_SHARE(
            "H9",
            "Part of misses",
            "The unit's mean part of the time consumed, over the missed targets in which it has one.",
            "sum of parts per million / missed targets with a part",
            Of.DEADLINE,
            Whose.SHARE,
            "Rule SHARE alone. A miss counts for each unit that has a part, and so more than once for a unit above several.",
            "counts.shared_misses",
            "shares.part_of_misses"),
    /** Who hands on to whom. */
    NETWORK(
            "H10",
            "Hand-over network",
            "Hand-overs from a unit to another, those by which the other got back what it had handed on, and how long the giver"
                    + " had had the case.",
            "number of hops; lower median of the stays before them, by bin",
            Of.EVENT,
            Whose.PAIR,
            "In the time by which the resolution is judged. A pair is one edge: the sum over receivers is H1.",
            In.PAIRS,
            "counts.hops",
            "counts.hops_back",
            "times.stay_before_hop_p50_hours"),
    /** Nobody works on it. */
    IDLE(
            "H11",
            "Waiting against working",
            "Of the time in which cases were open, that in which they were offered and not taken, held and not begun, or waiting.",
            "idle seconds / open seconds, within the window",
            Of.TIME,
            Whose.TERRITORY_AND_HOLDER,
            "Calendar time, up to the last midnight.",
            "seconds.open",
            "seconds.idle",
            "shares.idle"),
    /** The clock stands still. */
    PAUSES(
            "P1",
            "Pause ratio",
            "Of the time in which cases were open, that in which the clock of the resolution stood still.",
            "paused seconds / open seconds, within the window",
            Of.TIME,
            Whose.TERRITORY_AND_HOLDER,
            "Only pauses that the reference allows, up to their cap.",
            "seconds.paused",
            "shares.paused"),
    /** The citizen answered long ago. */
    ILLEGITIMATE_PAUSES(
            "P2",
            "Waits that went on after the answer",
            "From the reporter's answer to a wait until an officer or validator did something, or the case ended, of all waiting.",
            "overrun seconds / (waited + overrun seconds), within the window",
            Of.TIME,
            Whose.TERRITORY_AND_HOLDER,
            "The clock runs in this time: it excuses nobody.",
            "seconds.waited",
            "seconds.overrun",
            "shares.overrun"),
    /** Too fast to be true. */
    INSTANT_CLAIMS(
            "G1",
            "Instant claims",
            "Of the claims that a case is done, those less than ten minutes after the claimant had it, or was offered it.",
            "instant / claims",
            Of.CLAIM,
            Whose.TERRITORY_AND_CLAIMANT,
            "Where a source has no claims, its closings are, unless the outcome says that nothing was done. Where nothing before"
                    + " the claim says that the claimant had the case, it is not instant.",
            "counts.claims",
            "shares.claims_instant"),
    /** Just in time. */
    BUNCHING(
            "G2",
            "Deadline bunching",
            "Claims in the last twentieth of the target against those in the twentieth before.",
            "(claims_at_95_100_percent + 1/2) / (claims_at_90_95_percent + 1/2)",
            Of.CLAIM,
            Whose.TERRITORY_AND_CLAIMANT,
            "Of 20 claims at least. Far above 1: claims wait for the deadline, or are made to meet it.",
            "counts.claims_at_95_100_percent",
            "counts.claims_at_90_95_percent",
            "ratios.deadline_bunching"),
    /** Proof. */
    EVIDENCE(
            "G3",
            "Claims with evidence",
            "Of the claims, those with evidence such as a photograph; and of the pieces of evidence, those that had been handed in"
                    + " before with a claim of another case.",
            "with evidence / claims; evidence_reused / evidence",
            Of.CLAIM,
            Whose.TERRITORY_AND_CLAIMANT,
            "Absent where no claim has any: the source may not tell. Pieces are told apart by their digests: the same file is found"
                    + " again, another photograph of the same place is not. The first use is not reused, and a claim that was"
                    + " rejected since has used its pieces too.",
            "shares.claims_with_evidence",
            "counts.evidence",
            "counts.evidence_reused",
            "shares.evidence_reused"),
    /** Who bothers to report. */
    REPORTING_RATE(
            "B1",
            "Repeat reports per problem-day",
            "Reports of problems that are reported already and open at that time, per day that a problem is open.",
            "repeated / (problem seconds / 86,400)",
            Of.TIME,
            Whose.TERRITORY,
            "A sign of how readily people report, not of how much is wrong.",
            "counts.repeated",
            "seconds.problem",
            "ratios.repeats_per_problem_day"),
    /** Who is first. */
    RANK(
            "R1",
            "Rank by resolution on time",
            "The place among the peers of a level, of about as many verdicts, by the share of first cycles in time that is believed"
                    + " after the peers' shares and the unit's own counts; and the places that the counts allow.",
            "mean of Beta(alpha + met, beta + missed), the prior by the method of moments on the peers; interval of 95 % of the"
                    + " places in 10,000 draws, seeded by band, window, as-of and version",
            Of.DEADLINE,
            Whose.RULE,
            "First cycles alone: whoever reopens a case cannot move a rank. At least 30 verdicts, else none. Neighbours whose"
                    + " intervals overlap must not be told apart. Rule SHARE: by the plain share of parts, without interval, of at"
                    + " least 30 whole verdicts.",
            In.REPORTS,
            "rank.met_ppm",
            "rank.missed_ppm",
            "rank.share",
            "rank.place",
            "rank.place_best",
            "rank.place_worst",
            "rank.mean",
            "rank.withheld"),
    /** Whether it is worse than its mix of cases explains. */
    FUNNEL(
            "R2",
            "Misses observed against expected",
            "The cohort's misses against those that the peers' shares would give the same mix of category group, channel and part"
                    + " of the week; and on which side of the funnel's limits that is.",
            "observed / sum of n * share of all other units of the level, strata of fewer than 30 peers' cases pooled upward;"
                    + " limits of 95 and 99.8 % from an over-dispersed binomial variance",
            Of.SUBMISSION,
            Whose.RULE,
            "First cycles whose deadline is past, so that quick successes do not run ahead of their unfinished peers. Not for"
                    + " rule SHARE, whose parts are no trials.",
            In.REPORTS,
            "funnel.cases",
            "funnel.observed",
            "funnel.expected",
            "funnel.ratio",
            "funnel.limits_95",
            "funnel.limits_99_8",
            "funnel.side_95",
            "funnel.side_99_8",
            "funnel.withheld"),
    /** Whether the rule makes the rank. */
    RANK_SENSITIVITY(
            "R3",
            "Rank sensitivity",
            "How many places lie between a unit's best and worst rank under the rules CROP, CRM, SHARE and ORIGIN.",
            "worst - best, of ranks by plain shares of R1 among the units of the level with enough verdicts under every rule under"
                    + " which any has",
            Of.DEADLINE,
            Whose.RULE,
            "Over the whole level, not by bands. Large: the rank says more about the rule than about the unit.",
            In.REPORTS,
            "sensitivity.places"),
    /** Who has become better or worse. */
    MOVERS(
            "R4",
            "Movers",
            "Whether the share of R1 has risen or fallen against the window before, of as many days.",
            "interval of 95 % of the difference (Newcombe, hybrid score) leaves zero out",
            Of.DEADLINE,
            Whose.RULE,
            "At least 30 verdicts in both windows, else uncertain. Not for rule SHARE. Of a hundred units that stay as they are"
                    + " some five seem to move.",
            In.REPORTS,
            "movers.before",
            "movers.difference",
            "movers.direction",
            "movers.withheld"),
    /** What reporters say, of few. */
    RATING_AMONG_PEERS(
            "Q3a",
            "Rating among peers",
            "The mean rating that is believed after the peers' ratings and the unit's own.",
            "weight * own mean + (1 - weight) * peers' mean; weight = n / (n + variance within / variance between)",
            Of.CLOSING,
            Whose.TERRITORY_AND_CLOSER,
            "Rules CROP and CRM, which have ratings.",
            In.REPORTS,
            "rating.shrunk",
            "rating.weight"),
    /** What is missing. */
    COVERAGE(
            "D1",
            "Coverage",
            "Of the events that a source says it has of its days, those that were received.",
            "events_of_declared_days / events_declared, over channel-days that are over and of which the source has said how"
                    + " many events it has (tanggap declare)",
            Of.EVENT,
            Whose.CHANNEL,
            "Null is not 100 %: UNDECLARED, nobody has said anything; DECLARED_EMPTY, the source has no events. More than 1 is"
                    + " shown as it is. undeclared_days have events of which nobody has said how many there are; a day with"
                    + " neither is in no number. No interval: it is a count of all, and no sample.",
            "shares.coverage",
            "counts.events_received",
            "counts.events_declared",
            "counts.events_of_declared_days",
            "counts.declared_days",
            "counts.undeclared_days"),
    /** How late it comes. */
    LATENESS(
            "D2",
            "Lateness",
            "How long after it happened an event was received: so late came half of them, and all but one in a hundred.",
            "quantiles of ingested_at - occurred_at; upper edges of bins of powers of two, 1 s to 388 days",
            Of.EVENT,
            Whose.CHANNEL,
            "Of events whose time is told exactly (events_timed): not of those that a poll found, or whose hour the clocks"
                    + " skipped or repeated. BEYOND_LAST_BIN: more than 388 days. What was read from files came when it was"
                    + " read.",
            "times.lateness_p50_seconds",
            "times.lateness_p99_seconds",
            "counts.events_timed"),
    /** Nothing is lost. */
    CONSERVATION(
            "D3",
            "Conservation",
            "Cases received less those of every verdict: 0, and then absent.",
            "received - sum of the cohort's split",
            Of.SUBMISSION,
            Whose.TERRITORY_AND_CHARGED,
            "Anything else is a defect of the product: please report it.",
            "counts.unaccounted");

    /** To which day a figure belongs. */
    public enum Of {
        /** The day of the submission. */
        SUBMISSION,
        /** The day of the deadline, once it is past. */
        DEADLINE,
        /** The day of the closing. */
        CLOSING,
        /** The day of the claim. */
        CLAIM,
        /** The day on which a cycle stopped for good. */
        STOP,
        /** The day of the offer. */
        OFFER,
        /** The day on which a stay began. */
        STAY,
        /** The day of the event. */
        EVENT,
        /** The midnight that ends the window. */
        STOCK,
        /** The time within the window. */
        TIME
    }

    /** For whom a figure is counted; in role territory always for the place of the problem, but for channels. */
    public enum Whose {
        TERRITORY,
        /** The party that is charged with the first resolution under rule CRM. */
        TERRITORY_AND_CHARGED,
        /** Whoever has the case in hand. */
        TERRITORY_AND_HOLDER,
        /** Whoever has it at the closing. */
        TERRITORY_AND_CLOSER,
        /** Whoever claims that it is done. */
        TERRITORY_AND_CLAIMANT,
        HOLDER,
        /** The party that is charged with the target. */
        CHARGED,
        /** The holder that received the case unasked. */
        FIRST_HOLDER,
        /** The party that the row's rule names. */
        RULE,
        /** Rule ORIGIN: the first holder. */
        ORIGIN,
        /** Rule SHARE: every holder by its part. */
        SHARE,
        /** Every holder on the way. */
        PATH,
        /** Whoever has to answer an offer. */
        ANSWERABLE,
        RECEIVER,
        GIVER,
        /** Every giver with every receiver. */
        PAIR,
        /** Every channel, and all of them together; in role channel alone. */
        CHANNEL
    }

    /** Where a figure stands. */
    public enum In {
        /** Rows of responsiveness, and report cards. */
        ROWS,
        /** Pairs of units, and report cards. */
        PAIRS,
        /** Report cards alone: it is one of a set of peers at one as-of. */
        REPORTS
    }

    private final String id;
    private final String title;
    private final String meaning;
    private final String formula;
    private final Of day;
    private final Whose whose;
    private final String caveat;
    private final In in;
    private final String fields;

    Measure(
            String id,
            String title,
            String meaning,
            String formula,
            Of day,
            Whose whose,
            String caveat,
            String... fields) {
        this(id, title, meaning, formula, day, whose, caveat, In.ROWS, fields);
    }

    Measure(
            String id,
            String title,
            String meaning,
            String formula,
            Of day,
            Whose whose,
            String caveat,
            In in,
            String... fields) {
        this.id = id;
        this.title = title;
        this.meaning = meaning;
        this.formula = formula;
        this.day = day;
        this.whose = whose;
        this.caveat = caveat;
        this.in = in;
        this.fields = String.join(" ", fields);
    }

    private static String[] fieldsOf(String target) {
        return new String[] {
            "counts." + target + "_met",
            "counts." + target + "_missed",
            "counts." + target + "_undecidable",
            "counts." + target + "_handed_on",
            "shares." + target + "_on_time",
            "shares." + target + "_handed_on"
        };
    }

    private static String[] join(String[]... lists) {
        return Arrays.stream(lists).flatMap(Arrays::stream).toArray(String[]::new);
    }

    /** The short name, by which people cite it. */
    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    /** One sentence. */
    public String meaning() {
        return meaning;
    }

    public String formula() {
        return formula;
    }

    /** To which day it belongs. */
    public Of day() {
        return day;
    }

    /** For whom it is counted. */
    public Whose whose() {
        return whose;
    }

    /** What it does not say; may be empty. */
    public String caveat() {
        return caveat;
    }

    /** Where it stands. */
    public In in() {
        return in;
    }

    /** Its names there, without the limits of intervals. */
    public List<String> fields() {
        return List.of(fields.split(" "));
    }
}

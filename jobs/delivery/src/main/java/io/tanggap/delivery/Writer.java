package io.tanggap.delivery;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.Due;
import io.tanggap.core.alert.Alert.Matter;
import io.tanggap.core.notice.Notice;
import io.tanggap.core.notice.Notice.Change;
import io.tanggap.core.notice.Notice.Occasion;
import io.tanggap.core.reference.AlertKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Writes a message for people, as text and as a page that reads well on a phone. What changed and what it is about make the
 * sections; in a digest the cases of a section lie together by who has them. Whatever comes from a name or a channel is made one
 * line, and escaped in the page.
 */
final class Writer {
    /** Which change is told first. A correction of what was said is news. */
    private static final List<Change> ORDER =
            List.of(Change.RAISED, Change.RETRACTED, Change.STANDING, Change.PASSED_ON, Change.CLEARED);

    /** Which kind is the worst. */
    private static final List<AlertKind> WORST = List.of(
            AlertKind.OVERDUE,
            AlertKind.LIMBO,
            AlertKind.VALIDATION_FAILED,
            AlertKind.THRESHOLD,
            AlertKind.STALE,
            AlertKind.FEED_SILENT);

    private static final int MOST_IN_SUBJECT = 3;

    private final Pages pages;
    private final Template text =
            Mustache.compiler().nullValue("").escapeHTML(false).compile(resource("notice.txt"));
    private final Template html = Mustache.compiler().nullValue("").compile(resource("notice.html"));

    Writer(Pages pages) {
        this.pages = pages;
    }

    /** A message, written out. */
    record Letter(String subject, String text, String html) {}

    Letter letter(Notice notice) {
        Wording wording = Wording.of(notice.language(), notice.zone());
        String subject = subject(notice, wording);
        Map<String, Object> view = view(notice, subject, wording);
        return new Letter(subject, text.execute(view), html.execute(view));
    }

    private static String subject(Notice notice, Wording wording) {
        List<Notice.Item> items = notice.items();
        String unit = OneLine.of(notice.unitName());
        if (items.size() == 1 && notice.total() == 1) {
            return title(items.get(0), wording) + ", "
                    + number("case", notice, items.get(0).alert(), wording) + " — " + unit;
        }
        boolean all = notice.total() == items.size();
        Map<AlertKind, Long> standing = items.stream()
                .filter(item -> item.change() == Change.RAISED || item.change() == Change.STANDING)
                .collect(Collectors.groupingBy(item -> item.alert().kind(), Collectors.counting()));
        List<String> parts = new ArrayList<>();
        for (AlertKind kind : WORST) {
            int number = Math.toIntExact(standing.getOrDefault(kind, 0L));
            if (number > 0) {
                parts.add(wording.count("subject." + kind, number));
            }
        }
        for (Change change : List.of(Change.RETRACTED, Change.PASSED_ON, Change.CLEARED)) {
            int number = notice.counts().getOrDefault(change, 0);
            if (number > 0) {
                parts.add(wording.count("count." + change, number));
            }
        }
        String shown = String.join(", ", parts.subList(0, Math.min(parts.size(), MOST_IN_SUBJECT)));
        if (shown.isEmpty()) {
            shown = wording.text("subject.nothing");
        } else if (!all) {
            shown = wording.text("subject.part", shown, wording.whole(notice.total()));
        }
        return shown + " — " + unit;
    }

    private Map<String, Object> view(Notice notice, String subject, Wording wording) {
        Map<String, Object> view = new HashMap<>();
        view.put("t", (Mustache.Lambda) (fragment, out) -> out.write(wording.text(fragment.decompile())));
        view.put("lang", notice.language());
        view.put("subject", subject);
        view.put("unit", OneLine.of(notice.unitName()));
        view.put("why", why(notice, wording));
        view.put(
                "counts",
                ORDER.stream()
                        .filter(change -> notice.counts().getOrDefault(change, 0) > 0)
                        .map(change ->
                                wording.count("count." + change, notice.counts().getOrDefault(change, 0)))
                        .collect(Collectors.joining(" · ")));
        view.put("sections", sections(notice, wording));
        int beyond = notice.total() - notice.items().size();
        view.put("beyond", beyond > 0 ? wording.count("beyond", beyond) : null);
        view.put("desk", pages.ofDesk(notice.unit(), notice.language()));
        view.put("foot", wording.text("foot", wording.at(notice.madeAt()), notice.id()));
        return view;
    }

    private static String why(Notice notice, Wording wording) {
        if (notice.occasion() == Occasion.SILENCE_ENDED && notice.reason() != null) {
            return wording.text("why.SILENCE_ENDED.because", OneLine.of(notice.reason()));
        }
        return wording.text("why." + notice.occasion());
    }

    /** By what changed, what holds now also by its kind; the order within is that of the message. */
    private List<Map<String, Object>> sections(Notice notice, Wording wording) {
        List<Map<String, Object>> sections = new ArrayList<>();
        for (Change change : ORDER) {
            boolean byKind = change == Change.RAISED || change == Change.STANDING;
            Map<String, List<Notice.Item>> parts = notice.items().stream()
                    .filter(item -> item.change() == change)
                    .collect(Collectors.groupingBy(
                            item -> byKind
                                    ? wording.text("change." + change) + ": "
                                            + wording.text(
                                                    "kind." + item.alert().kind())
                                    : wording.text("change." + change),
                            LinkedHashMap::new,
                            Collectors.toList()));
            parts.forEach((title, items) -> {
                Map<String, Object> section = new HashMap<>();
                section.put("title", title);
                section.put("number", wording.whole(items.size()));
                section.put("note", change == Change.RETRACTED ? wording.text("note.RETRACTED") : null);
                section.put("groups", groups(notice, items, wording));
                sections.add(section);
            });
        }
        return sections;
    }

    private List<Map<String, Object>> groups(Notice notice, List<Notice.Item> items, Wording wording) {
        boolean byHolder = notice.occasion() == Occasion.DIGEST;
        Map<String, List<Notice.Item>> groups = items.stream()
                .collect(Collectors.groupingBy(
                        item -> byHolder ? holder(item.alert()) : "", LinkedHashMap::new, Collectors.toList()));
        List<Map<String, Object>> views = new ArrayList<>();
        groups.forEach((holder, members) -> {
            Map<String, Object> group = new HashMap<>();
            group.put("holder", holder.isEmpty() ? null : wording.text("held", name(notice, holder)));
            group.put(
                    "items",
                    members.stream()
                            .map(item -> item(notice, item, !byHolder, wording))
                            .toList());
            views.add(group);
        });
        return views;
    }

    private static String holder(Alert alert) {
        Matter matter = alert.matter();
        return matter == null ? "" : matter.holder();
    }

    private Map<String, Object> item(Notice notice, Notice.Item item, boolean namesHolder, Wording wording) {
        Alert alert = item.alert();
        Matter matter = alert.matter();
        List<Line> lines = new ArrayList<>();
        // Of what is taken back, the sentence about it says them.
        if (item.change() != Change.RETRACTED) {
            times(notice, item, wording, lines);
        }
        if (matter != null) {
            if (matter.category() != null) {
                lines.add(new Line(wording.text("line.category"), name(notice, matter.category())));
            }
            lines.add(new Line(
                    wording.text("line.place"),
                    matter.territory() == null ? wording.text("none.place") : name(notice, matter.territory())));
            if (namesHolder) {
                lines.add(new Line(wording.text("line.holder"), name(notice, matter.holder())));
            }
            if (!matter.charged().equals(matter.holder()) || namesHolder) {
                lines.add(new Line(wording.text("line.charged"), name(notice, matter.charged())));
            }
            if (matter.offeredTo() != null) {
                lines.add(new Line(wording.text("line.offered"), name(notice, matter.offeredTo())));
            }
            lines.add(new Line(wording.text("line.submitted"), wording.at(matter.submittedAt())));
        }
        Map<String, Object> view = new HashMap<>();
        view.put("title", title(item, wording));
        view.put("number", number("case.title", notice, alert, wording));
        view.put("channel", matter == null ? null : name(notice, alert.channel()));
        view.put("colour", colour(item));
        view.put("retracted", item.change() == Change.RETRACTED ? retracted(alert, wording) : null);
        view.put("provisional", alert.provisional() && alert.state().stands() ? wording.text("provisional") : null);
        view.put("lines", lines);
        view.put("link", matter == null ? null : pages.ofCase(matter.caseId(), notice.language()));
        return view;
    }

    /** A thing that is said of an alert. */
    private record Line(String label, String value) {}

    /** What it is, in words. */
    private static String title(Notice.Item item, Wording wording) {
        Alert alert = item.alert();
        Due due = alert.due();
        String title;
        if (due == null) {
            title = wording.text("title." + alert.kind());
        } else {
            boolean beyond = alert.kind() != AlertKind.THRESHOLD && due.threshold() > 100;
            title = wording.text(
                    "title." + alert.kind() + (beyond ? ".beyond" : ""),
                    wording.text("target." + due.target()),
                    wording.whole(due.threshold()));
        }
        return item.change() == Change.RETRACTED ? wording.text("title.retracted", title) : title;
    }

    private static String number(String key, Notice notice, Alert alert, Wording wording) {
        Matter matter = alert.matter();
        return matter == null ? name(notice, alert.channel()) : wording.text(key, OneLine.of(matter.sourceCaseId()));
    }

    private static void times(Notice notice, Notice.Item item, Wording wording, List<Line> lines) {
        Alert alert = item.alert();
        Due due = alert.due();
        Instant deadline = due == null ? null : due.deadline();
        boolean stands = alert.state().stands();
        if (deadline != null) {
            boolean past = deadline.isBefore(notice.madeAt());
            String key = !stands ? "line.deadline" : past ? "line.overdue" : "line.due";
            String at = wording.at(deadline);
            lines.add(new Line(
                    wording.text(key),
                    stands
                            ? wording.text(
                                    past ? "time.for" : "time.in",
                                    at,
                                    wording.length(Duration.between(notice.madeAt(), deadline)))
                            : at));
        } else if (stands && due != null && due.budget() != null) {
            lines.add(new Line(wording.text("line.due"), wording.text("none.deadline")));
        } else if (stands) {
            lines.add(new Line(wording.text("line.since"), wording.at(alert.raisedAt())));
        }
        if (item.change() == Change.CLEARED && alert.endedAt() != null) {
            lines.add(new Line(wording.text("line.ended"), wording.at(alert.endedAt())));
        }
        if (due != null && due.budget() != null) {
            String allowed = due.calendar() == null
                    ? wording.length(due.budget())
                    : wording.text("working", wording.workingLength(due.budget()));
            // While it runs, more is used than when the threshold was passed.
            lines.add(
                    stands || due.used() == null
                            ? new Line(wording.text("line.allowed"), allowed)
                            : new Line(
                                    wording.text("line.used"),
                                    wording.text(
                                            "used",
                                            due.calendar() == null
                                                    ? wording.length(due.used())
                                                    : wording.workingLength(due.used()),
                                            allowed)));
        }
    }

    /** Why what was said before was wrong: what is known now. */
    private static String retracted(Alert alert, Wording wording) {
        Due due = alert.due();
        String known;
        if (due == null) {
            known = wording.text("retracted.plain");
        } else if (due.deadline() == null) {
            known = wording.text("retracted.clock");
        } else {
            known = wording.text("retracted.deadline", wording.at(due.deadline()));
        }
        String evidence = alert.evidence().stream().map(OneLine::of).collect(Collectors.joining(", "));
        return wording.text("retracted", wording.at(alert.asOf()), known)
                + (evidence.isEmpty() ? "" : " " + wording.text("retracted.evidence", evidence));
    }

    /** Beside the words, never instead of them. */
    private static String colour(Notice.Item item) {
        if (item.change() != Change.RAISED && item.change() != Change.STANDING) {
            return "#5b6472";
        }
        return switch (item.alert().kind()) {
            case OVERDUE, LIMBO, VALIDATION_FAILED -> "#b02a1c";
            case THRESHOLD, STALE, FEED_SILENT -> "#8a5a00";
        };
    }

    private static String name(Notice notice, String id) {
        return OneLine.of(notice.nameOf(id));
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Writer.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

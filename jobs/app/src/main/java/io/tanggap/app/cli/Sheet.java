package io.tanggap.app.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lines of at most a hundred columns, and times as a person with a pencil needs them: to the digit, and no further. */
final class Sheet {
    /** The column of a field's text, after the margin. */
    static final int LABEL = 16;

    private static final int WIDTH = 100;
    private static final int NUMBER = 12;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    /** A blank at which no line ends, so that a time stays in one piece. */
    private static final char TIGHT = '\u00a0';

    private final ZoneId zone;
    private final List<String> lines = new ArrayList<>();

    Sheet(ZoneId zone) {
        this.zone = zone;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    void add(String line) {
        lines.add(LetterText.printable(line.replace(TIGHT, ' ')).stripTrailing());
    }

    void section(String title) {
        add("");
        add(title);
    }

    /** A text beside its label. */
    void field(String label, String text) {
        item(2, LABEL, label, text);
    }

    /** A text beside a label, which keeps its column where it goes on in the next line. */
    void item(int indent, int column, String label, String text) {
        String head = " ".repeat(indent) + label;
        String margin = " ".repeat(indent + column);
        String first = head.length() < margin.length() || column == 0
                ? head + " ".repeat(Math.max(0, margin.length() - head.length()))
                : head + " ";
        wrap(first, margin, text, WIDTH).forEach(this::add);
    }

    /** A row of a table whose last two columns are numbers. */
    record TableRow(String text, String number, String sum) {}

    /** A table whose numbers stand below each other. */
    void table(List<TableRow> rows) {
        int width = NUMBER;
        for (TableRow row : rows) {
            width = Math.max(
                    width, 2 + Math.max(row.number().length(), row.sum().length()));
        }
        String columns = "%-" + (WIDTH - 2 * width) + "s%" + width + "s%" + width + "s";
        for (TableRow row : rows) {
            List<String> wrapped = wrap("    ", "        ", row.text(), WIDTH - 2 * width);
            add(String.format(Locale.ROOT, columns, wrapped.get(0), row.number(), row.sum()));
            wrapped.stream().skip(1).forEach(this::add);
        }
    }

    /** A text in lines of at most so many columns, where its words are not longer. */
    static List<String> wrapped(String text, int width) {
        return wrap("", "", text, width);
    }

    private static List<String> wrap(String first, String margin, String text, int width) {
        List<String> wrapped = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : text.split(" ", -1)) {
            if (!empty && line.length() + 1 + word.length() > width) {
                wrapped.add(line.toString());
                line = new StringBuilder(margin);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        wrapped.add(line.toString());
        return wrapped;
    }

    String day(LocalDate day) {
        return DAY.format(day).replace(' ', TIGHT);
    }

    String at(Instant instant) {
        return day(LocalDate.ofInstant(instant, zone)) + TIGHT + time(instant);
    }

    /** A stretch and its length in hours; of one that lasts its begin. */
    String span(Instant from, @Nullable Instant to) {
        return to == null
                ? "from " + at(from)
                : at(from) + " - " + at(to) + " (" + hours(Duration.between(from, to)) + ")";
    }

    String time(Instant instant) {
        long millis = Math.floorMod(instant.toEpochMilli(), 60_000L);
        return (millis == 0 ? MINUTES : millis % 1000 == 0 ? SECONDS : MILLIS).format(instant.atZone(zone));
    }

    /** Hours and minutes, such as 27:30, with seconds where there are some. */
    String hours(Duration duration) {
        long millis = duration.toMillis();
        String hours = String.format(Locale.ROOT, "%d:%02d", millis / 3_600_000, millis / 60_000 % 60);
        long rest = millis % 60_000;
        return rest == 0
                ? hours
                : rest % 1000 == 0
                        ? hours + String.format(Locale.ROOT, ":%02d", rest / 1000)
                        : hours + String.format(Locale.ROOT, ":%02d.%03d", rest / 1000, rest % 1000);
    }

    /** Whole days of 24 hours, and what is left. */
    String days(Duration duration) {
        long days = duration.toDays();
        Duration rest = duration.minusDays(days);
        String whole = days + " d" + (rest.isZero() ? "" : " " + hours(rest) + " h");
        return (days == 0 ? hours(duration) + " h" : whole).replace(' ', TIGHT);
    }
}

package io.tanggap.app.cli;

import io.tanggap.core.measure.Measure;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The catalogue of figures in words: for a terminal, and in Markdown. */
final class MeasuresText {
    private static final int LABEL = 9;

    private MeasuresText() {}

    /** What the letter of an id stands for. */
    static String section(Measure measure) {
        return switch (measure.id().charAt(0)) {
            case 'V' -> "Volume";
            case 'T' -> "Time";
            case 'Q' -> "Quality";
            case 'H' -> "Hand-overs";
            case 'P' -> "Pauses";
            case 'G' -> "What looks too good";
            case 'B' -> "Reporting";
            case 'D' -> "Data";
            case 'R' -> "Among peers";
            default -> throw new IllegalStateException(measure + " is of no section");
        };
    }

    /** The measures of each section, in the order of their declaration. */
    static Map<String, List<Measure>> sections(List<Measure> measures) {
        Map<String, List<Measure>> sections = new LinkedHashMap<>();
        measures.forEach(measure -> sections.computeIfAbsent(section(measure), any -> new ArrayList<>())
                .add(measure));
        return sections;
    }

    static List<String> plain(List<Measure> measures) {
        Sheet sheet = new Sheet(ZoneOffset.UTC);
        sections(measures).forEach((section, own) -> {
            if (measures.size() > 1) {
                sheet.section(section);
            }
            for (Measure measure : own) {
                if (measures.size() > 1) {
                    sheet.add("");
                }
                sheet.item(0, 5, measure.id(), measure.title());
                sheet.item(5, 0, "", measure.meaning());
                sheet.item(5, LABEL, "Formula", measure.formula());
                sheet.item(5, LABEL, "Day", day(measure.day()));
                sheet.item(5, LABEL, "For", whose(measure.whose()));
                if (!measure.caveat().isEmpty()) {
                    sheet.item(5, LABEL, "Note", measure.caveat());
                }
                sheet.item(5, LABEL, "In", in(measure.in()));
                sheet.item(5, LABEL, "Fields", String.join(", ", measure.fields()));
            }
        });
        List<String> lines = sheet.lines();
        return lines.get(0).isEmpty() ? lines.subList(1, lines.size()) : lines;
    }

    static List<String> markdown(List<Measure> measures) {
        List<String> lines = new ArrayList<>();
        lines.add("# Measures");
        lines.add("");
        lines.add(
                "What every figure means, as the code computes it; `tanggap measures --markdown` writes this page. Beside a"
                        + " share or a time,");
        lines.add("`_low` and `_high` are the limits of its interval of 95 %.");
        sections(measures).forEach((section, own) -> {
            lines.add("");
            lines.add("## " + section);
            for (Measure measure : own) {
                lines.add("");
                lines.add("### " + measure.id() + " " + measure.title());
                lines.add("");
                lines.add(measure.meaning());
                lines.add("");
                lines.add("- Formula: `" + measure.formula() + "`");
                lines.add("- Day: " + day(measure.day()));
                lines.add("- For: " + whose(measure.whose()));
                if (!measure.caveat().isEmpty()) {
                    lines.add("- Note: " + measure.caveat());
                }
                lines.add("- In: " + in(measure.in()));
                lines.add("- Fields: `" + String.join("`, `", measure.fields()) + "`");
            }
        });
        return lines;
    }

    private static String day(Measure.Of day) {
        return switch (day) {
            case SUBMISSION -> "of the submission";
            case DEADLINE -> "of the deadline, once it is past";
            case CLOSING -> "of the closing";
            case CLAIM -> "of the claim";
            case STOP -> "on which a cycle stopped for good";
            case OFFER -> "of the offer";
            case STAY -> "on which a stay began";
            case EVENT -> "of the event";
            case STOCK -> "none: what stands at the midnight that ends the window";
            case TIME -> "none: the time within the window";
        };
    }

    private static String whose(Measure.Whose whose) {
        return switch (whose) {
            case TERRITORY -> "the place of the problem";
            case TERRITORY_AND_CHARGED ->
                "the place of the problem, and the party that is charged with the first resolution under rule CRM";
            case TERRITORY_AND_HOLDER -> "the place of the problem, and whoever has the case in hand";
            case TERRITORY_AND_CLOSER -> "the place of the problem, and whoever has the case at the closing";
            case TERRITORY_AND_CLAIMANT -> "the place of the problem, and whoever claims that it is done";
            case HOLDER -> "the holder";
            case CHARGED -> "the place of the problem, and the party that is charged with the target";
            case FIRST_HOLDER -> "the place of the problem, and the holder that received the case unasked";
            case RULE ->
                "the party that the rule names: the place under CROP, the competent party under CRM, every holder by"
                        + " its part under SHARE, the first holder under ORIGIN";
            case ORIGIN -> "the place of the problem, and under rule ORIGIN the first holder";
            case SHARE -> "every holder by its part, under rule SHARE";
            case PATH -> "the place of the problem, and every holder on the way";
            case ANSWERABLE -> "the place of the problem, and whoever has to answer the offer";
            case RECEIVER -> "the place of the problem, and whoever receives the offer";
            case GIVER -> "the place of the problem, and whoever makes the offer";
            case PAIR -> "every giver with every receiver";
            case CHANNEL -> "every channel, and all of them together, in role CHANNEL";
        };
    }

    private static String in(Measure.In in) {
        return switch (in) {
            case ROWS -> "tanggap-responsiveness, and report cards";
            case PAIRS -> "tanggap-pairs, and report cards";
            case REPORTS ->
                "report cards (tanggap report), and tanggap-standings once published: it is one of a set of peers";
        };
    }
}

package io.tanggap.app.cli;

import io.tanggap.core.measure.Rule;
import io.tanggap.core.measure.Window;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.report.Answer;
import io.tanggap.core.report.Compilation;
import io.tanggap.core.report.Publication;
import io.tanggap.core.report.ReportCard;
import io.tanggap.core.report.Terms;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Makes report cards of cases. */
final class ReportCards {
    private ReportCards() {}

    /**
     * What a card is of.
     *
     * @param window that it is; null if it is none
     * @param to the first day after it
     */
    record Period(@Nullable Window window, LocalDate from, LocalDate to) {
        /** The days from one until before another; {@code today} is that of the as-of. */
        static Period of(LocalDate from, LocalDate to, LocalDate today) {
            return new Period(
                    Window.of(from.toEpochDay(), to.toEpochDay(), today.toEpochDay())
                            .orElse(null),
                    from,
                    to);
        }

        /** The latest window at the midnight with which a day begins. */
        static Period latest(Window window, LocalDate today) {
            long start = window.latestStart(today.toEpochDay());
            return new Period(window, LocalDate.ofEpochDay(start), LocalDate.ofEpochDay(window.endOf(start)));
        }
    }

    /** The cards of all terms, for which the cases are read once. */
    static List<ReportCard> of(List<Terms> terms, List<ReferencePack> packs, CaseHistories cases, Terminal terminal) {
        List<Compilation> compilations =
                terms.stream().map(one -> new Compilation(one, packs)).toList();
        cases.forEach(history -> compilations.forEach(compilation -> compilation.add(history)), terminal);
        cases.declarations(declaration -> compilations.forEach(compilation -> compilation.add(declaration)));
        List<ReportCard> cards = new ArrayList<>();
        for (Compilation compilation : compilations) {
            cards.add(checked(compilation.card()));
        }
        return cards;
    }

    private static ReportCard checked(ReportCard card) {
        Terms terms = card.terms();
        if (card.basis().cases() == 0) {
            throw UserError.failed("no case has an event that occurred before "
                    + AsOf.show(terms.asOf(), card.basis().zone())
                    + (terms.knownAt() == null
                            ? ""
                            : " and was known at "
                                    + AsOf.show(terms.knownAt(), card.basis().zone()))
                    + ": choose a later --as-of" + (terms.knownAt() == null ? "." : " or --known-at."));
        }
        if (card.answers().isEmpty()) {
            throw UserError.failed("no case is of "
                    + (terms.channel() == null
                            ? "category group '" + terms.categoryGroup()
                            : "channel '" + terms.channel())
                    + "'; it has to be spelled as in the reference pack.");
        }
        return card;
    }

    /** The level with the most units that answer for something under a rule; of equally many the first by name. */
    static String fullestLevel(ReportCard card, Rule rule) {
        SortedMap<String, Integer> levels = card.levels(rule);
        return levels.entrySet().stream()
                .reduce((one, other) -> other.getValue() > one.getValue() ? other : one)
                .map(Map.Entry::getKey)
                .orElseThrow(
                        () -> UserError.failed("nobody answers for anything under rule " + rule + " in the period."));
    }

    /** A card to be published, of a running system: its hash is that of the card frozen as it is shown when nobody asks for more. */
    static Publication publication(ReportCard card, @Nullable Window window) {
        String level = fullestLevel(card, Answer.ruleOf(card.basis().inForce()));
        return new Publication(
                card,
                window,
                FrozenCard.hash(CardJson.of(card, level, card.basis().knownAt(), true)));
    }
}

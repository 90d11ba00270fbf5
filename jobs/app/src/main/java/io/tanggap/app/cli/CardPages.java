package io.tanggap.app.cli;

import io.tanggap.board.Card;
import io.tanggap.board.Figures;
import io.tanggap.core.measure.Responsiveness;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.report.Answer;
import io.tanggap.core.report.Basis;
import io.tanggap.core.report.League;
import io.tanggap.core.report.ReportCard;
import io.tanggap.core.report.Sensitivity;
import io.tanggap.core.report.Terms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Report cards for the renderer of the board. */
final class CardPages {
    private CardPages() {}

    /**
     * A card of the city, or of one unit.
     *
     * @param rule by which units are charged
     * @param asked the unit; null is the city
     * @param window that the period is; null if it is none
     * @param knownAt by when what counts was known; null where nobody says
     * @param sha256 of the frozen card
     */
    static Card of(
            ReportCard card,
            Rule rule,
            @Nullable Answer asked,
            @Nullable String window,
            @Nullable Instant knownAt,
            String sha256) {
        Terms terms = card.terms();
        Basis basis = card.basis();
        String id = asked == null ? basis.city() : asked.unit();
        boolean isCity = id.equals(basis.city());
        Answer land = Answer.under(Rule.CROP, id);
        Answer charged = new Answer(Role.HOLDER, rule, id);
        Responsiveness places = card.figures(land);
        Responsiveness answering = card.figures(charged);
        List<Card.Hop> hops = hops(card, isCity ? null : id);
        Card.Cut cut = null;
        if (terms.channel() != null) {
            cut = new Card.Cut(true, terms.channel());
        } else if (terms.categoryGroup() != null) {
            cut = new Card.Cut(false, terms.categoryGroup());
        }
        return new Card(
                unit(card, id),
                isCity,
                new Card.Period(window, terms.from(), terms.to()),
                basis.zone(),
                rule,
                cut,
                places == null ? null : figures(places),
                answering == null ? null : figures(answering),
                card.days(Card.isOfLand(isCity, places != null, answering != null) ? land : charged),
                Map.of(),
                standings(card, rule),
                0,
                hops.subList(0, Math.min(hops.size(), Card.MOST_HOPS)),
                hops.size(),
                channels(card),
                List.of(),
                null,
                new Card.Basis(terms.asOf(), knownAt, basis.packs(), Basis.CONTRIBUTIONS, sha256, basis.cases()));
    }

    private static Card.Unit unit(ReportCard card, String id) {
        return new Card.Unit(id, card.name(id), card.level(id));
    }

    private static Figures figures(Responsiveness figures) {
        return new Figures(figures.figures(), figures.states(), figures.closeCurve());
    }

    private static List<Card.Standing> standings(ReportCard card, Rule rule) {
        List<Card.Standing> standings = new ArrayList<>();
        for (String level : card.levels(rule).keySet()) {
            League league = card.league(level, rule);
            Sensitivity sensitivity = card.sensitivity(level);
            league.standings().forEach((id, standing) -> {
                Responsiveness period = card.figures(Answer.under(rule, id));
                Map<String, Integer> ranks = new TreeMap<>();
                sensitivity.ranks().getOrDefault(id, Map.of()).forEach((by, rank) -> ranks.put(by.name(), rank));
                Integer places = sensitivity.differences().differences().get(id);
                if (places != null) {
                    ranks.put("places", places);
                }
                standings.add(new Card.Standing(
                        unit(card, id),
                        standing.band(),
                        league.bands().get(standing.band() - 1).ranked(),
                        new Figures(standing.figures(), standing.states(), List.of()),
                        period == null ? Figures.NONE : figures(period),
                        ranks));
            });
        }
        return standings;
    }

    /** @param giver whose; null is all */
    private static List<Card.Hop> hops(ReportCard card, @Nullable String giver) {
        List<Card.Hop> hops = new ArrayList<>();
        card.pairs().forEach((pair, figures) -> {
            if (giver == null || giver.equals(pair.giver())) {
                hops.add(new Card.Hop(
                        card.name(pair.giver()),
                        card.name(pair.receiver()),
                        figures.count("hops"),
                        figures.count("hops_back")));
            }
        });
        hops.sort(Comparator.comparingLong(Card.Hop::hops).reversed());
        return hops;
    }

    private static Map<String, Figures> channels(ReportCard card) {
        Map<String, Figures> channels = new LinkedHashMap<>();
        card.channels().forEach((channel, figures) -> channels.put(channel, figures(figures)));
        return channels;
    }
}

package io.tanggap.flink.avro;

import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Attribution;
import io.tanggap.core.reference.CaseRules;
import io.tanggap.core.reference.Category;
import io.tanggap.core.reference.Channel;
import io.tanggap.core.reference.Competence;
import io.tanggap.core.reference.GeoPoint;
import io.tanggap.core.reference.Label;
import io.tanggap.core.reference.PauseRule;
import io.tanggap.core.reference.Policy;
import io.tanggap.core.reference.Recipient;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.reference.ReferencePack.ResolutionTarget;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.reference.Route;
import io.tanggap.core.reference.Territory;
import io.tanggap.core.reference.Territory.Polygon;
import io.tanggap.core.reference.Territory.Ring;
import io.tanggap.core.reference.Validity;
import io.tanggap.core.reference.WorkCalendar;
import io.tanggap.core.reference.WorkCalendar.Holiday;
import io.tanggap.core.reference.WorkCalendar.Hours;
import io.tanggap.core.reference.WorkCalendar.Span;
import io.tanggap.schema.PolicyTarget;
import io.tanggap.schema.RecipientMeans;
import io.tanggap.schema.RouteKind;
import io.tanggap.schema.RouteParty;
import io.tanggap.schema.UnitKind;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A pack of the core as a record of its contract, and back. */
final class PackWire {
    private PackWire() {}

    static io.tanggap.schema.ReferencePack wire(ReferencePack pack) {
        return new io.tanggap.schema.ReferencePack(
                pack.id(),
                pack.knownFrom(),
                pack.city(),
                pack.zone().getId(),
                pack.staleAfter().toMillis(),
                each(pack.units(), PackWire::wire),
                each(pack.targets(), PackWire::wire),
                new TreeMap<>(pack.categoryGroups()), // equal packs have equal bytes
                each(pack.policies(), PackWire::wire),
                each(pack.calendars(), PackWire::wire),
                each(pack.categories(), PackWire::wire),
                each(pack.labels(), PackWire::wire),
                each(pack.competences(), PackWire::wire),
                each(pack.territories(), PackWire::wire),
                pack.attribution() == null
                        ? null
                        : io.tanggap.schema.Attribution.valueOf(
                                pack.attribution().name()),
                pack.nearestWithinMetres(),
                each(pack.channels(), PackWire::wire),
                each(pack.pauses(), PackWire::wire),
                wire(pack.rules()),
                each(pack.routes(), PackWire::wire),
                each(pack.recipients(), PackWire::wire));
    }

    static ReferencePack core(io.tanggap.schema.ReferencePack wire) {
        return new ReferencePack(
                wire.getId(),
                wire.getKnownFrom(),
                wire.getCity(),
                ZoneId.of(wire.getZone()),
                Duration.ofMillis(wire.getStaleAfterMillis()),
                each(wire.getUnits(), PackWire::core),
                each(wire.getTargets(), PackWire::core),
                wire.getCategoryGroups(),
                each(wire.getPolicies(), PackWire::core),
                each(wire.getCalendars(), PackWire::core),
                each(wire.getCategories(), PackWire::core),
                each(wire.getLabels(), PackWire::core),
                each(wire.getCompetences(), PackWire::core),
                each(wire.getTerritories(), PackWire::core),
                each(wire.getChannels(), PackWire::core),
                wire.getAttribution() == null
                        ? null
                        : Attribution.valueOf(wire.getAttribution().name()),
                wire.getNearestWithinMetres(),
                each(wire.getPauses(), PackWire::core),
                core(wire.getRules()),
                each(wire.getRoutes(), PackWire::core),
                each(wire.getRecipients(), PackWire::core));
    }

    private static <A, B> List<B> each(List<A> from, Function<A, B> translation) {
        return from.stream().map(translation).toList();
    }

    private static io.tanggap.schema.Unit wire(Unit unit) {
        GeoPoint centroid = unit.centroid();
        return new io.tanggap.schema.Unit(
                unit.id(),
                unit.name(),
                unit.level(),
                unit.parent(),
                unit.kind() == null ? null : UnitKind.valueOf(unit.kind().name()),
                unit.nameEn(),
                unit.validity().from(),
                unit.validity().to(),
                unit.population(),
                centroid == null ? null : centroid.latitude(),
                centroid == null ? null : centroid.longitude(),
                unit.contact(),
                unit.successor());
    }

    private static Unit core(io.tanggap.schema.Unit wire) {
        return new Unit(
                wire.getId(),
                wire.getKind() == null ? null : Kind.valueOf(wire.getKind().name()),
                wire.getName(),
                wire.getNameEn(),
                wire.getLevel(),
                wire.getParent(),
                validity(wire.getValidFrom(), wire.getValidTo()),
                wire.getPopulation(),
                wire.getLatitude() == null || wire.getLongitude() == null
                        ? null
                        : new GeoPoint(wire.getLatitude(), wire.getLongitude()),
                wire.getContact(),
                wire.getSuccessor());
    }

    private static Validity validity(@Nullable LocalDate from, @Nullable LocalDate to) {
        return from == null && to == null ? Validity.ALWAYS : new Validity(from, to);
    }

    private static io.tanggap.schema.ResolutionTarget wire(ResolutionTarget target) {
        return new io.tanggap.schema.ResolutionTarget(
                target.id(),
                target.category(),
                target.channel(),
                target.within().toMillis(),
                target.validFrom(),
                target.validTo());
    }

    private static ResolutionTarget core(io.tanggap.schema.ResolutionTarget wire) {
        return new ResolutionTarget(
                wire.getId(),
                wire.getCategory(),
                wire.getChannel(),
                Duration.ofMillis(wire.getWithinMillis()),
                wire.getValidFrom(),
                wire.getValidTo());
    }

    private static io.tanggap.schema.Policy wire(Policy policy) {
        return new io.tanggap.schema.Policy(
                policy.id(),
                PolicyTarget.valueOf(policy.target().name()),
                policy.category(),
                policy.channel(),
                policy.level(),
                policy.within().toMillis(),
                policy.calendar(),
                policy.validity().from(),
                policy.validity().to(),
                policy.inDays());
    }

    private static Policy core(io.tanggap.schema.Policy wire) {
        Duration within = Duration.ofMillis(wire.getWithinMillis());
        return new Policy(
                wire.getId(),
                Policy.Target.valueOf(wire.getTarget().name()),
                wire.getCategory(),
                wire.getChannel(),
                wire.getLevel(),
                within,
                wire.getInDays() == null ? meantDays(within, wire.getCalendar()) : wire.getInDays(),
                wire.getCalendar(),
                validity(wire.getValidFrom(), wire.getValidTo()));
    }

    /**
     * Whether a policy of a pack of version 1 to 3, which could not say, counts working days: if it is whole days of a
     * calendar, for nobody writes a fortnight as 336 working hours.
     */
    private static boolean meantDays(Duration within, @Nullable String calendar) {
        return calendar != null && within.toDays() >= 1 && within.equals(Duration.ofDays(within.toDays()));
    }

    private static io.tanggap.schema.PauseRule wire(PauseRule pause) {
        return new io.tanggap.schema.PauseRule(
                pause.reason(),
                pause.target() == null
                        ? null
                        : PolicyTarget.valueOf(pause.target().name()),
                pause.cap().toMillis(),
                pause.validity().from(),
                pause.validity().to());
    }

    private static PauseRule core(io.tanggap.schema.PauseRule wire) {
        return new PauseRule(
                wire.getReason(),
                wire.getTarget() == null
                        ? null
                        : Policy.Target.valueOf(wire.getTarget().name()),
                Duration.ofMillis(wire.getCapMillis()),
                validity(wire.getValidFrom(), wire.getValidTo()));
    }

    private static io.tanggap.schema.CaseRules wire(CaseRules rules) {
        return new io.tanggap.schema.CaseRules(
                rules.allowedLateness().toMillis(),
                rules.reopenWithin().toMillis(),
                rules.offerLapsesAfter() == null
                        ? null
                        : rules.offerLapsesAfter().toMillis());
    }

    private static CaseRules core(io.tanggap.schema.CaseRules wire) {
        return new CaseRules(
                Duration.ofMillis(wire.getAllowedLatenessMillis()),
                Duration.ofMillis(wire.getReopenWithinMillis()),
                wire.getOfferLapsesAfterMillis() == null ? null : Duration.ofMillis(wire.getOfferLapsesAfterMillis()));
    }

    private static io.tanggap.schema.Route wire(Route route) {
        return new io.tanggap.schema.Route(
                route.id(),
                RouteKind.valueOf(route.kind().name()),
                route.target() == null
                        ? null
                        : PolicyTarget.valueOf(route.target().name()),
                route.threshold(),
                route.afterWorkingDays(),
                route.category(),
                route.channel(),
                RouteParty.valueOf(route.party().name()),
                route.name(),
                route.instant(),
                route.validity().from(),
                route.validity().to());
    }

    private static Route core(io.tanggap.schema.Route wire) {
        return new Route(
                wire.getId(),
                AlertKind.valueOf(wire.getKind().name()),
                wire.getTarget() == null
                        ? null
                        : Policy.Target.valueOf(wire.getTarget().name()),
                wire.getThreshold(),
                wire.getAfterWorkingDays(),
                wire.getCategory(),
                wire.getChannel(),
                Route.Party.valueOf(wire.getParty().name()),
                wire.getName(),
                wire.getInstant(),
                validity(wire.getValidFrom(), wire.getValidTo()));
    }

    private static io.tanggap.schema.Recipient wire(Recipient recipient) {
        return new io.tanggap.schema.Recipient(
                recipient.id(),
                recipient.unit(),
                RecipientMeans.valueOf(recipient.means().name()),
                recipient.address(),
                recipient.language(),
                recipient.digestAt(),
                recipient.calendar(),
                recipient.quietFrom(),
                recipient.quietTo(),
                recipient.perHour(),
                recipient.validity().from(),
                recipient.validity().to());
    }

    private static Recipient core(io.tanggap.schema.Recipient wire) {
        return new Recipient(
                wire.getId(),
                wire.getUnit(),
                Recipient.Means.valueOf(wire.getMeans().name()),
                wire.getAddress(),
                wire.getLanguage(),
                wire.getDigestAt(),
                wire.getCalendar(),
                wire.getQuietFrom(),
                wire.getQuietTo(),
                wire.getPerHour(),
                validity(wire.getValidFrom(), wire.getValidTo()));
    }

    private static io.tanggap.schema.WorkCalendar wire(WorkCalendar calendar) {
        return new io.tanggap.schema.WorkCalendar(
                calendar.id(),
                each(
                        calendar.hours(),
                        hours -> new io.tanggap.schema.WorkHours(
                                hours.weekday().getValue(),
                                hours.span().fromMinute(),
                                hours.span().toMinute(),
                                hours.validity().from(),
                                hours.validity().to())),
                each(
                        calendar.holidays(),
                        holiday -> new io.tanggap.schema.Holiday(
                                holiday.date(),
                                holiday.name(),
                                holiday.instead() == null
                                        ? null
                                        : holiday.instead().fromMinute(),
                                holiday.instead() == null
                                        ? null
                                        : holiday.instead().toMinute(),
                                holiday.knownFrom())));
    }

    private static WorkCalendar core(io.tanggap.schema.WorkCalendar wire) {
        return new WorkCalendar(
                wire.getId(),
                each(
                        wire.getHours(),
                        hours -> new Hours(
                                DayOfWeek.of(hours.getWeekday()),
                                new Span(hours.getFromMinute(), hours.getToMinute()),
                                validity(hours.getValidFrom(), hours.getValidTo()))),
                each(
                        wire.getHolidays(),
                        holiday -> new Holiday(
                                holiday.getDate(),
                                holiday.getName(),
                                holiday.getFromMinute() == null || holiday.getToMinute() == null
                                        ? null
                                        : new Span(holiday.getFromMinute(), holiday.getToMinute()),
                                holiday.getKnownFrom())));
    }

    private static io.tanggap.schema.Category wire(Category category) {
        return new io.tanggap.schema.Category(
                category.id(), category.name(), category.nameEn(), category.group(), category.sensitive());
    }

    private static Category core(io.tanggap.schema.Category wire) {
        return new Category(wire.getId(), wire.getName(), wire.getNameEn(), wire.getGroup(), wire.getSensitive());
    }

    private static io.tanggap.schema.Label wire(Label label) {
        return new io.tanggap.schema.Label(label.channel(), label.label(), label.category());
    }

    private static Label core(io.tanggap.schema.Label wire) {
        return new Label(wire.getChannel(), wire.getLabel(), wire.getCategory());
    }

    private static io.tanggap.schema.Competence wire(Competence competence) {
        return new io.tanggap.schema.Competence(
                competence.category(),
                competence.territory(),
                competence.unit(),
                competence.validity().from(),
                competence.validity().to());
    }

    private static Competence core(io.tanggap.schema.Competence wire) {
        return new Competence(
                wire.getCategory(),
                wire.getTerritory(),
                wire.getUnit(),
                validity(wire.getValidFrom(), wire.getValidTo()));
    }

    private static io.tanggap.schema.Channel wire(Channel channel) {
        return new io.tanggap.schema.Channel(
                channel.id(),
                channel.silentAfter() == null ? null : channel.silentAfter().toMillis(),
                channel.accounts().stream().sorted().toList(), // equal packs have equal bytes
                channel.reopensAtStars());
    }

    private static Channel core(io.tanggap.schema.Channel wire) {
        return new Channel(
                wire.getId(),
                wire.getSilentAfterMillis() == null ? null : Duration.ofMillis(wire.getSilentAfterMillis()),
                Set.copyOf(wire.getAccounts()),
                wire.getReopensAtStars());
    }

    private static io.tanggap.schema.Territory wire(Territory territory) {
        return new io.tanggap.schema.Territory(
                territory.unit(),
                each(
                        territory.polygons(),
                        polygon -> new io.tanggap.schema.Polygon(
                                Stream.concat(Stream.of(polygon.outer()), polygon.holes().stream())
                                        .map(ring -> new io.tanggap.schema.Ring(Arrays.stream(ring.coordinates())
                                                .boxed()
                                                .toList()))
                                        .toList())));
    }

    private static Territory core(io.tanggap.schema.Territory wire) {
        return new Territory(wire.getUnit(), each(wire.getPolygons(), polygon -> {
            List<Ring> rings = each(
                    polygon.getRings(),
                    ring -> new Ring(ring.getCoordinates().stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray()));
            return new Polygon(rings.get(0), rings.subList(1, rings.size()));
        }));
    }
}

package io.tanggap.flink.document;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Payload.Closed;
import io.tanggap.core.complaint.Payload.Rated;
import io.tanggap.core.complaint.Payload.Submitted;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.measure.Window;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.report.Compilation;
import io.tanggap.core.report.Publication;
import io.tanggap.core.report.Terms;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two districts that are ranked and one with too few verdicts, in November 2017, and in October. Each has the cases of its own land, but
 * what Gambir misses is for the most part on Menteng's.
 */
final class Standings {
    static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");
    static final Instant AS_OF = Instant.parse("2017-11-30T17:00:00Z");

    private static final ReferencePack PACK = new ReferencePack(
            "jakarta-2017-11",
            Instant.EPOCH,
            "jakarta",
            ZONE,
            Duration.ofDays(14),
            List.of(
                    new Unit("menteng", "Menteng", "kecamatan", null),
                    new Unit("gambir", "Gambir", "kecamatan", null),
                    new Unit("senen", "Senen", "kecamatan", null)),
            List.of(),
            Map.of());

    private final Compilation compilation;
    private int cases;

    private Standings(Compilation compilation) {
        this.compilation = compilation;
    }

    /** @param window of November; null: November as a period that is none */
    static Publication published(@Nullable Window window) {
        LocalDate from = LocalDate.parse("2017-11-01");
        Compilation compilation =
                new Compilation(new Terms(from, from.plusMonths(1), AS_OF, null, null, null), List.of(PACK));
        Standings standings = new Standings(compilation);
        for (Instant day : List.of(Instant.parse("2017-10-10T03:00:00Z"), Instant.parse("2017-11-10T03:00:00Z"))) {
            standings.handles(day, "menteng", "menteng", 32, 8);
            standings.handles(day, "gambir", "gambir", 24, 0);
            standings.handles(day, "gambir", "menteng", 0, 16);
            standings.handles(day, "gambir", "gambir", 6, 0);
            standings.handles(day, "senen", "senen", 2, 0);
        }
        // As many again as were received: of each case the submission, the closing and the rating.
        compilation.add(new ChannelDeclaration("qlue", LocalDate.parse("2017-11-10"), 2 * 3 * 88, AS_OF));
        return new Publication(compilation.card(), window, "0a".repeat(32));
    }

    private void handles(Instant day, String holder, String place, int met, int missed) {
        for (int i = 0; i < met + missed; i++) {
            List<CaseEvent> events = new ArrayList<>();
            Instant closed = day.plus(i < met ? Duration.ofHours(2) : Duration.ofHours(9));
            add(events, day, new Submitted("roads", place, holder, day.plus(Duration.ofHours(5))));
            add(events, closed, new Closed(Outcome.FIXED));
            add(events, closed.plusSeconds(60), new Rated(holder.equals("menteng") ? 4 + i % 2 : 1 + i % 2));
            compilation.add(CaseHistory.of(events));
            cases++;
        }
    }

    private void add(List<CaseEvent> events, Instant at, Payload payload) {
        events.add(CaseEvent.of(
                "qlue",
                Integer.toString(cases),
                at,
                at,
                null,
                Actor.OFFICER,
                null,
                Visibility.PUBLIC,
                false,
                TimeNote.EXACT,
                payload));
    }
}

package io.tanggap.core.measure;

import io.tanggap.core.evidence.Earliest;
import io.tanggap.core.evidence.Exhibit;
import io.tanggap.core.evidence.Exhibit.HandedIn;
import io.tanggap.core.measure.Cells.Party;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** What one piece of evidence of a case contributes: whether others had handed it in before. */
final class EvidenceContributions {
    private EvidenceContributions() {}

    static Map<Cell, Tally> of(Exhibit exhibit, Earliest earliest, ZoneId zone) {
        Cells cells = new Cells(exhibit.channel(), exhibit.category(), zone);
        for (HandedIn claim : exhibit.claims()) {
            if (earliest.isReused(exhibit, claim)) {
                for (Party party : List.of(Party.place(exhibit.territory()), Party.holder(claim.by()))) {
                    cells.add(party, claim.at(), Count.EVIDENCE_REUSED);
                }
            }
        }
        return cells.tallies();
    }
}

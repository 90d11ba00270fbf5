package io.tanggap.flink.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.Document.Kind;
import io.tanggap.flink.operator.Harness.Cases;
import io.tanggap.flink.operator.Harness.Cells;
import io.tanggap.flink.operator.Harness.Combined;
import io.tanggap.flink.operator.Harness.Declarations;
import io.tanggap.flink.operator.Harness.Evidence;
import io.tanggap.flink.operator.Harness.Links;
import io.tanggap.flink.operator.Harness.Problems;
import io.tanggap.flink.operator.Harness.Rows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The operators in their order, with the latest version of every document, and with every restatement. */
final class Pipeline implements AutoCloseable {
    private final TestClock clock;
    private final Cases cases;
    private final Links links = new Links();
    private final Problems problems;
    private final Evidence evidence;
    private final Declarations declarations;
    private final Cells cells;
    private final Combined combined = new Combined();
    private final Rows rows;
    private final Map<String, Document> documents = new TreeMap<>();
    private final Map<String, JsonNode> restatements = new LinkedHashMap<>();
    private long wallClock;

    Pipeline(Timing timing, TestClock clock, ReferencePack... packs) throws Exception {
        this.clock = clock;
        cases = new Cases(timing, clock);
        problems = new Problems(timing, clock);
        evidence = new Evidence(timing, null);
        declarations = new Declarations(timing);
        cells = new Cells(timing, clock);
        rows = new Rows(timing, clock);
        for (ReferencePack pack : packs) {
            publish(pack);
        }
    }

    void publish(ReferencePack pack) throws Exception {
        cases.publish(pack);
        problems.publish(pack);
        evidence.publish(pack);
        rows.publish(pack);
    }

    void send(CaseEvent event) throws Exception {
        cases.send(event);
    }

    void send(ChannelDeclaration declaration) throws Exception {
        declarations.send(declaration);
    }

    /** Lets event time go on, and a second pass for those that collect changes. */
    void watermark(long millis) throws Exception {
        cases.watermark(millis);
        collect(millis);
    }

    /** Lets a sweep of all cases pass. */
    void sweep(long watermark) throws Exception {
        wallClock += Timing.live().sweepEvery().toMillis();
        cases.wallClock(wallClock);
        collect(watermark);
    }

    private void collect(long millis) throws Exception {
        for (var report : cases.takeNews()) {
            problems.send(report);
        }
        for (var merge : cases.takeMergeNews()) {
            links.send(merge);
        }
        for (var membership : links.take()) {
            problems.send(membership);
        }
        for (var piece : cases.takeEvidence()) {
            evidence.send(piece);
        }
        problems.watermark(millis);
        evidence.watermark(millis);
        wallClock += 1_000;
        clock.add(1_000_000);
        problems.wallClock(wallClock);
        for (var received : cases.takeChannelChanges()) {
            declarations.receive(received);
        }
        for (var changes : List.of(cases.take(), problems.take(), evidence.take(), declarations.take())) {
            for (var change : changes) {
                cells.send(change);
            }
        }
        for (var changes : List.of(
                cases.takePathChanges(),
                problems.takePathChanges(),
                evidence.takePathChanges(),
                declarations.takePathChanges())) {
            for (var change : changes) {
                combined.send(change);
            }
        }
        combined.watermark(millis);
        for (var change : combined.take()) {
            rows.send(change);
        }
        cells.watermark(millis);
        rows.watermark(millis);
        wallClock += 1_000;
        clock.add(1_000_000);
        problems.wallClock(wallClock);
        cells.wallClock(wallClock);
        rows.wallClock(wallClock);
        for (List<Document> written :
                List.of(cases.takeDocuments(), problems.takeDocuments(), cells.take(), rows.take())) {
            for (Document document : written) {
                if (document.kind() == Kind.RESTATEMENT) {
                    assertThat(restatements.put(document.id(), Json.of(document)))
                            .as("%s is written once", document.id())
                            .isNull();
                    continue;
                }
                Document before = documents.put(document.kind() + " " + document.id(), document);
                assertThat(before == null || before.version() < document.version())
                        .as("%s rises in version", document.id())
                        .isTrue();
            }
        }
    }

    /** What the documents say, by kind and id. */
    Map<String, String> contents() {
        Map<String, String> contents = new TreeMap<>();
        documents.forEach((id, document) -> contents.put(id, Json.content(document)));
        return contents;
    }

    /** Every restatement so far, by its id, in the order in which they were written. */
    Map<String, JsonNode> restatements() {
        return restatements;
    }

    /** Rows of calendar windows as they stand, by their ids; those that were retracted are not there. */
    Map<String, JsonNode> calendarRows() {
        Map<String, JsonNode> rows = new TreeMap<>();
        documents.values().stream()
                .filter(document -> document.kind() == Kind.RESPONSIVENESS)
                .filter(document -> !document.id().contains("ROLLING"))
                .forEach(document -> {
                    JsonNode row = Json.of(document);
                    if (!row.path("retracted").asBoolean()) {
                        rows.put(document.id(), row);
                    }
                });
        return rows;
    }

    /** A document as it was written last. */
    JsonNode document(Kind kind, String id) {
        Document document = documents.get(kind + " " + id);
        assertThat(document).as("%s %s", kind, id).isNotNull();
        return Json.of(document);
    }

    @Override
    public void close() {
        cases.close();
        links.close();
        problems.close();
        evidence.close();
        declarations.close();
        cells.close();
        combined.close();
        rows.close();
    }
}

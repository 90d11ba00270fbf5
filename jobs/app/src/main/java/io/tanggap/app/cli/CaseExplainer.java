package io.tanggap.app.cli;

import io.tanggap.board.BoardServer.Explainer;
import io.tanggap.core.explain.Explanation;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.reference.Reference;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explains cases of a Kafka to readers of the board, as {@code tanggap explain} does. One at a time: each reads a whole partition. */
final class CaseExplainer implements Explainer {
    private final String bootstrap;
    private final Terminal nobody;

    CaseExplainer(String bootstrap) {
        this.bootstrap = bootstrap;
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        nobody = new Terminal(nowhere, nowhere, false);
    }

    @Override
    public synchronized @Nullable String explain(String caseId, Instant asOf) {
        CaseHistories cases = CaseHistories.inKafka(bootstrap);
        Reference reference = ExplainCommand.reference(null, cases);
        CaseHistories.Found found = cases.find(caseId, nobody);
        if (found.events().isEmpty()) {
            return null;
        }
        return Explanation.of(CaseHistory.of(found.events()), reference, asOf)
                .map(explanation -> {
                    List<String> lines =
                            new ExplanationText(explanation, reference).lines("that of the figures", found.where());
                    return String.join("\n", lines);
                })
                .orElse(null);
    }
}

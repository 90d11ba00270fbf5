package io.tanggap.app.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.explain.Explanation;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.reference.Reference;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tanggap alerts show}: everything about one. */
@Command(
        name = "show",
        description = {
            "Shows one alert: what it says, the events that decide it, and the messages in which it was told.",
            "The alert and the messages are read from Elasticsearch, the events and the packs from Kafka."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ShowAlert implements Callable<Integer> {
    @Parameters(
            paramLabel = "ALERT",
            description = "As tanggap alerts list shows it, such as qlue:Q-118233/RESOLUTION.1.1.100.")
    private String id = "";

    @Mixin
    private AlertIndex index = new AlertIndex();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Override
    public Integer call() throws IOException {
        Terminal terminal = Terminal.system();
        JsonNode document = required(index, id);
        CaseHistories cases = CaseHistories.inKafka(kafka.bootstrap);
        Reference reference = ExplainCommand.reference(null, cases);
        Alert alert = AlertIndex.alert(document, reference);
        AlertText text = new AlertText(reference, alert.asOf());
        text.facts(alert).forEach(terminal::say);
        terminal.say("");
        terminal.say("How it came about");
        decided(alert, cases, reference, terminal).forEach(terminal::say);
        terminal.say("  The whole of it: tanggap explain "
                + document.path("case_id").asText() + " --bootstrap-servers " + kafka.bootstrap + " --as-of "
                + alert.asOf());
        terminal.say("");
        terminal.say("What was delivered");
        text.deliveries(index.deliveries(id)).forEach(terminal::say);
        return 0;
    }

    /**
     * The alert of an id.
     *
     * @throws UserError if there is none
     */
    static JsonNode required(AlertIndex index, String id) throws IOException {
        JsonNode document = index.alert(id);
        if (document == null) {
            throw UserError.failed("There is no alert " + id + ": ids look like qlue:Q-118233/RESOLUTION.1.1.100;"
                    + " tanggap alerts list --state all shows those there are.");
        }
        return document;
    }

    private static List<String> decided(Alert alert, CaseHistories cases, Reference reference, Terminal terminal) {
        if (alert.evidence().isEmpty()) {
            return List.of("  By no event: by what is known now it never was so.");
        }
        String caseId = requireNonNull(alert.matter()).caseId();
        CaseHistories.Found found = cases.find(caseId, terminal);
        Instant asOf = alert.asOf();
        Optional<Explanation> explanation = found.events().isEmpty()
                ? Optional.empty()
                : Explanation.of(CaseHistory.of(found.events()), reference, asOf);
        List<String> lines = explanation
                .map(each -> new ExplanationText(each, reference).events(alert.evidence()))
                .orElse(List.of());
        return lines.isEmpty()
                ? List.of("  By events that are not in " + found.where() + ": " + String.join(", ", alert.evidence()))
                : lines;
    }
}

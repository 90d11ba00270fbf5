package io.tanggap.app.cli;

import io.tanggap.board.BoardServer;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tanggap board}: the figures and the overdue desk in a browser, without Kibana. */
@Command(
        name = "board",
        description = {
            "Serves a page for leadership and one for desks, in English and Indonesian, to browsers of this machine: figures with"
                    + " their intervals, ranks, cases that are overdue, at risk, stale or in limbo, and why each is charged as it is.",
            "It reads the indices and writes nothing. It answers on loopback alone; let others read it through a proxy that asks who they"
                    + " are."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class BoardCommand implements Callable<Integer> {
    @Option(
            names = "--elasticsearch",
            paramLabel = "URL",
            defaultValue = "http://localhost:9200",
            description = "Elasticsearch with the indices. Default: ${DEFAULT-VALUE}.")
    private String elasticsearch = "";

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description =
                    "The Kafka of the city, for explanations day by day. Without it, a case is told by its documents.")
    private @Nullable String bootstrap;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8311", description = "Default: ${DEFAULT-VALUE}.")
    private int port;

    @Override
    public Integer call() throws IOException {
        Terminal terminal = Terminal.system();
        try (BoardServer board =
                BoardServer.start(elasticsearch, port, bootstrap == null ? null : new CaseExplainer(bootstrap))) {
            terminal.say("Board       " + board.address() + "  until Ctrl-C");
            Stopping.await();
        }
        return 0;
    }
}

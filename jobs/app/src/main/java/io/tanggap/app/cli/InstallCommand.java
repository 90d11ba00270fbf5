package io.tanggap.app.cli;

import io.tanggap.app.run.Engine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tanggap install}: what jobs need that may not make it themselves. */
@Command(
        name = "install",
        description = {
            "Makes the topics that are missing, installs the index templates, and makes the indices that are missing; again, it changes"
                    + " nothing. After it, jobs in a cluster need no right but to read and write records and documents.",
            "Dashboards: tanggap dashboards install."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class InstallCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions.WithTopics kafka = new KafkaOptions.WithTopics();

    @Option(names = "--elasticsearch", required = true, paramLabel = "URL", description = "Elasticsearch.")
    private String elasticsearch = "";

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.system();
        String bootstrap = kafka.ready();
        String alerts = Engine.alertsOfJobsThatGoOn(bootstrap);
        terminal.say("Topics are there at " + bootstrap + "; alerts go to " + alerts + ".");
        new Engine(bootstrap, elasticsearch).prepareIndices();
        terminal.say("Templates and indices are there at " + elasticsearch + ".");
        return 0;
    }
}

package io.tanggap.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.PublishedPacks;
import io.tanggap.reference.PackDirectory;
import io.tanggap.testkit.EmbeddedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(EmbeddedServers.class)
class ReferencePublishIT {
    @TempDir
    Path directory;

    @RegisterExtension
    final Said said = new Said();

    private int publish(EmbeddedServers servers, String pack, String... options) {
        said.reset();
        List<String> line = new ArrayList<>(List.of(
                "reference",
                "publish",
                pack,
                "--bootstrap-servers",
                servers.kafka().bootstrapServers()));
        line.addAll(List.of(options));
        return Tanggap.execute(Terminal.system(), line.toArray(String[]::new));
    }

    private static void edit(Path file, String from, String to) throws IOException {
        Files.writeString(file, Files.readString(file).replace(from, to));
    }

    private static void withoutTopics(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.deleteTopics(admin.listTopics().names().get()).all().get();
            await().until(() -> admin.listTopics().names().get().isEmpty());
        }
    }

    @Test
    void aPackIsPublishedOnceAndNeverChangedUnderItsId(EmbeddedServers servers) throws Exception {
        String bootstrap = servers.kafka().bootstrapServers();
        withoutTopics(bootstrap);
        ReferencePack boston = PackDirectory.builtIn("boston").pack();
        assertThat(publish(servers, "boston")).as("%s", said).isZero();
        assertThat(said.toString()).contains("Published.");
        assertThat(PublishedPacks.in(bootstrap)).containsExactly(boston);

        assertThat(publish(servers, "boston")).isZero();
        assertThat(said.toString()).contains("Published before");

        Path mine = directory.resolve("mine");
        PackDirectory.export("boston", mine);
        edit(mine.resolve("pack.yaml"), "P30D", "P31D");
        assertThat(publish(servers, mine.toString())).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.toString()).contains("boston-2026-11 was published with another content", "a new id");

        edit(mine.resolve("pack.yaml"), "id: boston-2026-11", "id: boston-2012");
        edit(mine.resolve("pack.yaml"), "known_from: 2011", "known_from: 2012");
        assertThat(publish(servers, mine.toString())).as("%s", said).isZero();
        assertThat(said.toString())
                .contains(
                        "boston-2026-11 is in force until 2012-07-01 00:00:00 America/New_York, boston-2012 from then on");

        try (EventPublisher publisher = new EventPublisher(bootstrap)) {
            publisher.heartbeat(Instant.parse("2014-01-01T00:00:00Z"));
        }
        edit(mine.resolve("pack.yaml"), "id: boston-2012", "id: boston-2013");
        edit(mine.resolve("pack.yaml"), "known_from: 2012", "known_from: 2013");
        assertThat(publish(servers, mine.toString())).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.toString())
                .contains("live jobs judge, up to 2013-12-31 19:00:00 America/New_York", "--rejudge");
        assertThat(PublishedPacks.in(bootstrap)).hasSize(2);
        assertThat(publish(servers, mine.toString(), "--rejudge"))
                .as("%s", said)
                .isZero();
        assertThat(publish(servers, mine.toString())).as("published before").isZero();

        edit(mine.resolve("pack.yaml"), "city: boston", "city: cambridge");
        assertThat(publish(servers, mine.toString())).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.toString()).contains("this Kafka was fed for city boston");
        assertThat(PublishedPacks.in(bootstrap)).hasSize(3).startsWith(boston);
    }
}

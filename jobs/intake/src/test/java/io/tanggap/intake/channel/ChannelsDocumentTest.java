package io.tanggap.intake.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * CHANNELS.md is true: its examples go through their adapters, and what they tell is that of the golden files, which
 * {@code -Dgolden.update=true} writes.
 */
class ChannelsDocumentTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/channels");

    static Stream<String> examples() {
        return ChannelExamples.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleTellsWhatIsInItsGoldenFile(String name) throws IOException {
        byte[] payload = ChannelExamples.all().get(name).getBytes(UTF_8);

        List<String> told = ChannelExamples.lines(
                ChannelExamples.channels().admit(ChannelExamples.channelOf(name), payload, ChannelExamples.SENT));

        assertThat(told).noneMatch(line -> line.startsWith("refused"));
        Path file = GOLDEN.resolve(name + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            assertThat(System.getenv("CI"))
                    .as("golden files are looked at before they are committed: not updated in CI")
                    .isNull();
            Files.createDirectories(GOLDEN);
            Files.write(file, told);
        }
        assertThat(file)
                .as("what example %s of CHANNELS.md tells; run once with -Dgolden.update=true", name)
                .exists();
        assertThat(told)
                .as("example %s of CHANNELS.md; if it should tell this now, run with -Dgolden.update=true", name)
                .isEqualTo(Files.readAllLines(file));
    }

    @Test
    void everyChannelHasAnExampleAndEveryGoldenFileOne() throws IOException {
        Set<String> names = ChannelExamples.all().keySet();

        assertThat(names.stream().map(ChannelExamples::channelOf).collect(Collectors.toSet()))
                .as("jaki speaks as qlue does")
                .containsExactlyInAnyOrderElementsOf(Stream.concat(Channels.IDS.stream(), Stream.of(Channels.ERASURES))
                        .filter(id -> !id.equals("jaki"))
                        .toList());
        try (Stream<Path> files = Files.list(GOLDEN)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            names.stream().map(name -> name + ".txt").toList());
        }
    }

    @Test
    void everyTopicAndReasonIsInTheDocument() throws IOException {
        String document = Files.readString(ChannelExamples.DOCUMENT);

        assertThat(Channels.IDS).allSatisfy(id -> assertThat(document).contains("`complaints." + id + "`"));
        assertThat(document).contains("`" + Channels.ERASURES + "`");
    }
}

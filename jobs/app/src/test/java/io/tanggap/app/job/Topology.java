package io.tanggap.app.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;

/** A job's graph as text: each operator with its uid, name and parallelism, and below it where it sends what and how. */
final class Topology {
    private static final Path GOLDEN = Path.of("src/test/resources/io/tanggap/app/job");

    private Topology() {}

    static String render(StreamGraph graph) {
        return graph.getStreamNodes().stream()
                .sorted(Comparator.comparing(Topology::uid))
                .map(node -> node(graph, node))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String uid(StreamNode node) {
        return String.valueOf(node.getTransformationUID());
    }

    private static String node(StreamGraph graph, StreamNode node) {
        StringBuilder text = new StringBuilder("%s (%s) parallelism %d of %d"
                .formatted(uid(node), node.getOperatorName(), node.getParallelism(), node.getMaxParallelism()));
        List<String> edges = node.getOutEdges().stream()
                .map(edge -> edge(graph, edge))
                .sorted()
                .toList();
        edges.forEach(edge -> text.append("\n  ").append(edge));
        return text.toString();
    }

    private static String edge(StreamGraph graph, StreamEdge edge) {
        String what = edge.getOutputTag() == null ? "" : edge.getOutputTag().getId() + " ";
        return what + "-> " + uid(graph.getStreamNode(edge.getTargetId())) + " " + edge.getPartitioner();
    }

    /** Compares with the golden file of a name; {@code -Dgolden.update=true} writes it, but never in CI. */
    static void assertGolden(String name, String text) throws IOException {
        Path file = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            assertThat(System.getenv("CI"))
                    .as("golden files are looked at before they are committed: not updated in CI")
                    .isNull();
            Files.createDirectories(GOLDEN);
            Files.writeString(file, text);
        }
        assertThat(file).as("run once with -Dgolden.update=true").exists();
        assertThat(text)
                .as("the topology in %s; a uid that changed loses its state, see Op", file)
                .isEqualTo(Files.readString(file));
    }
}

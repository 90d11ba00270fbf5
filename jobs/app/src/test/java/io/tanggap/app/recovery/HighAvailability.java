package io.tanggap.app.recovery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ZooKeeperServer;

/** A ZooKeeper on loopback, in which JobManagers keep what they run, so that the next one goes on with it. */
final class HighAvailability implements AutoCloseable {
    private final Path directory;
    private final ServerCnxnFactory connections;

    private HighAvailability(Path directory, ServerCnxnFactory connections) {
        this.directory = directory;
        this.connections = connections;
    }

    static HighAvailability start(Path directory) throws IOException, InterruptedException {
        Path data = Files.createDirectories(directory.resolve("data"));
        ServerCnxnFactory connections =
                ServerCnxnFactory.createFactory(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        connections.startup(new ZooKeeperServer(data.toFile(), data.toFile(), 500));
        return new HighAvailability(directory, connections);
    }

    /** What a cluster is told of it. */
    Map<String, String> settings() {
        return Map.of(
                "high-availability.type", "zookeeper",
                "high-availability.zookeeper.quorum", "127.0.0.1:" + connections.getLocalPort(),
                "high-availability.zookeeper.client.session-timeout", "5000",
                "high-availability.storageDir",
                        directory.resolve("jobs").toUri().toString(),
                "high-availability.cluster-id", "tanggap");
    }

    @Override
    public void close() {
        connections.shutdown();
    }
}

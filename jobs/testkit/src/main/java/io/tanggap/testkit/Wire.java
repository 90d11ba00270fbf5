package io.tanggap.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A wire between a client and a server of this machine, which passes bytes on until a test makes it slow, silent or break off.
 * It knows nothing of what passes. Faults hold for connections that are open, too.
 */
public final class Wire implements AutoCloseable {
    private static final int BUFFER = 8 << 10;
    private static final int SLOW_PIECE = 64;
    private static final long SLOW_PAUSE_NANOS = 10_000_000;
    /** Beyond the head of an answer, within its body. */
    private static final int BREAK_AFTER = 400;

    private final String server;
    private final int serverPort;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger toBreak = new AtomicInteger();
    private volatile boolean slow;
    private volatile boolean silent;

    private Wire(URI server, ServerSocket listener) {
        this.server = server.getHost();
        this.serverPort = server.getPort();
        this.listener = listener;
    }

    /** @param server for example {@code http://127.0.0.1:9200} */
    public static Wire to(String server) throws IOException {
        Wire wire = new Wire(URI.create(server), new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        wire.threads.execute(wire::accept);
        return wire;
    }

    /** The server at this end of the wire. */
    public String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** Whether answers pass in pieces of {@value #SLOW_PIECE} bytes, ten milliseconds apart. */
    public void slow(boolean now) {
        slow = now;
    }

    /** Whether connections are taken and whatever comes over them is swallowed, both ways. */
    public void silent(boolean now) {
        silent = now;
    }

    /**
     * Ends the server's direction of a connection in the middle of its answer, after {@value #BREAK_AFTER} bytes, while the
     * client's stays open; for so many answers from now on.
     */
    public void breakOff(int answers) {
        toBreak.set(answers);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                sockets.add(client);
                connect(client);
            } catch (IOException e) {
                // The wire is closed.
            }
        }
    }

    private void connect(Socket client) {
        try {
            Socket behind = new Socket(server, serverPort);
            sockets.add(behind);
            AtomicLong answered = new AtomicLong();
            threads.execute(() -> pass(client, behind, answered, false));
            threads.execute(() -> pass(behind, client, answered, true));
        } catch (IOException e) {
            // As the server does that is away.
            close(client);
        }
    }

    /** @param answered how many bytes of the current answer have passed */
    private void pass(Socket from, Socket to, AtomicLong answered, boolean answering) {
        byte[] bytes = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                if (silent) {
                    continue;
                }
                if (!answering) {
                    answered.set(0);
                    out.write(bytes, 0, read);
                    continue;
                }
                long passed = answered.getAndAdd(read);
                if (breaks(passed, read)) {
                    out.write(bytes, 0, (int) (BREAK_AFTER - passed));
                    break;
                }
                answer(bytes, read, out);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
            close(to);
        }
    }

    private void answer(byte[] bytes, int length, OutputStream out) throws IOException {
        int from = 0;
        for (; slow && from + SLOW_PIECE < length; from += SLOW_PIECE) {
            out.write(bytes, from, SLOW_PIECE);
            LockSupport.parkNanos(SLOW_PAUSE_NANOS);
        }
        out.write(bytes, from, length - from);
    }

    private boolean breaks(long passed, int more) {
        return passed <= BREAK_AFTER
                && passed + more > BREAK_AFTER
                && toBreak.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        sockets.forEach(Wire::close);
        threads.shutdownNow();
    }
}

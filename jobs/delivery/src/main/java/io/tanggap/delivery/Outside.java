package io.tanggap.delivery;

import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What tests put in the place of the world.
 *
 * @param tls null: what the machine trusts
 * @param connect how long a connection may take to come about
 * @param attempt how long the whole of an attempt may take
 */
record Outside(
        InstantSource clock,
        Names names,
        @Nullable SSLContext tls,
        PrintStream out,
        Duration connect,
        Duration attempt) {
    /** Chosen: a server that is there takes a connection within a second or two. */
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** Chosen: as long as receivers of webhooks are given elsewhere (15 to 30 s), and an operator waits meanwhile. */
    private static final Duration ATTEMPT = Duration.ofSeconds(30);

    /** Whoever knows the addresses of hosts. */
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    static Outside world(InstantSource clock) {
        return new Outside(clock, InetAddress::getAllByName, null, System.out, CONNECT, ATTEMPT);
    }
}

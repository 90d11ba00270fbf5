package io.tanggap.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/** A port of 127.0.0.1 that is ours already: its socket is bound, and is handed to whoever will listen. */
record BoundPort(ServerSocketChannel channel, int number) implements AutoCloseable {

    /**
     * @param wanted a port, or 0 for any free one
     * @throws IOException when it is taken; the message says what to do
     */
    static BoundPort bind(int wanted) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), wanted));
            return new BoundPort(channel, channel.socket().getLocalPort());
        } catch (BindException e) {
            channel.close();
            throw new IOException(taken(wanted), e);
        }
    }

    static String taken(int port) {
        return "port " + port + " of 127.0.0.1 is in use: end the program that listens there, or choose another port";
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

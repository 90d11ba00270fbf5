package io.tanggap.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What commands that run in this process write while a test runs: to either stream, and to both as it came. */
final class Said implements BeforeEachCallback, AfterEachCallback {
    private final PrintStream standardOut = System.out;
    private final PrintStream standardErr = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Override
    public void beforeEach(ExtensionContext context) {
        System.setOut(new PrintStream(tee(said, out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(tee(said, err), true, StandardCharsets.UTF_8));
    }

    private static OutputStream tee(OutputStream one, OutputStream other) {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                one.write(octet);
                other.write(octet);
            }
        };
    }

    @Override
    public void afterEach(ExtensionContext context) {
        System.setOut(standardOut);
        System.setErr(standardErr);
    }

    /** Forgets what was said before. */
    void reset() {
        said.reset();
        out.reset();
        err.reset();
    }

    /** What was written to standard output. */
    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What was written to standard error. */
    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return said.toString(StandardCharsets.UTF_8);
    }
}

package io.tanggap.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What commands that run in this process write to either stream while a test runs. */
final class Said implements BeforeEachCallback, AfterEachCallback {
    private final PrintStream standardOut = System.out;
    private final PrintStream standardErr = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Override
    public void beforeEach(ExtensionContext context) {
        PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        System.setOut(standardOut);
        System.setErr(standardErr);
    }

    /** Forgets what was said before. */
    void reset() {
        said.reset();
    }

    @Override
    public String toString() {
        return said.toString(StandardCharsets.UTF_8);
    }
}

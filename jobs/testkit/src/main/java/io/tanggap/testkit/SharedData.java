package io.tanggap.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Real open data, which is not part of the sources. It lies in the directory named by the system property
 * {@code tanggap.shared.data}.
 */
public final class SharedData {
    private SharedData() {}

    /**
     * @param relative for example {@code boston/311-2011.csv.gz}
     * @return the file; the calling test is skipped, with a message, where there is none
     */
    public static Path find(String relative) {
        String directory = System.getProperty("tanggap.shared.data", "");
        Path file = Path.of(directory, relative);
        Assumptions.assumeTrue(
                !directory.isEmpty() && Files.isRegularFile(file),
                () -> "skipped: there is no " + relative + " in the directory of real data"
                        + " (system property tanggap.shared.data)");
        return file;
    }
}

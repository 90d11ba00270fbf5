package io.tanggap.app.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.app.run.Directories;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The state of a job that the last release left, as the repository keeps it: a canonical savepoint, and the topics that it was taken over, for
 * what reads it must read their records, too.
 *
 * <p>{@code -Dgolden.update=true} keeps the state of the present code instead, but never in CI: it is for the commit that makes a release, see
 * RATIONALE.md.
 */
final class GoldenState {
    static final boolean UPDATE = Boolean.getBoolean("golden.update");

    private static final Path ARCHIVE = Path.of("src/test/resources/golden/state-of-the-last-release.zip");
    private static final String SAVEPOINT = "savepoint";

    private final String job;
    private final Path directory;

    private GoldenState(String job, Path directory) {
        this.job = job;
        this.directory = directory;
    }

    /** The state of a job, unpacked below a directory; where it is to be kept anew, there is none yet. */
    static GoldenState of(String job, Path directory) throws IOException {
        GoldenState state = new GoldenState(job, Files.createDirectories(directory.resolve("golden")));
        if (UPDATE) {
            assertThat(System.getenv("CI")).as("made with a release alone").isNull();
        } else {
            try (FileSystem archive = FileSystems.newFileSystem(ARCHIVE)) {
                FileTree.copy(archive.getPath(job), state.directory);
            }
        }
        return state;
    }

    /** A file beside the savepoint. */
    Path file(String name) {
        return directory.resolve(name);
    }

    /** Where the savepoint lies. */
    String savepoint() {
        return directory.resolve(SAVEPOINT).toUri().toString();
    }

    /** Keeps a savepoint and the files beside it. */
    void keep(String savepoint) throws IOException {
        FileTree.copy(Path.of(URI.create(savepoint)), directory.resolve(SAVEPOINT));
        Files.createDirectories(ARCHIVE.getParent());
        try (FileSystem archive = FileSystems.newFileSystem(ARCHIVE, Map.of("create", "true"))) {
            Path kept = archive.getPath(job);
            if (Files.exists(kept)) {
                Directories.delete(kept);
            }
            FileTree.copy(directory, kept);
        }
    }
}

package io.tanggap.app.cli;

import static java.util.Objects.requireNonNull;

import io.tanggap.app.run.Directories;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.release.Published;
import io.tanggap.flink.operator.ReleasePlan;
import io.tanggap.flink.operator.WriteRows;
import io.tanggap.release.Format;
import io.tanggap.release.MeasureRow;
import io.tanggap.release.MonthFigures;
import io.tanggap.release.ReleaseDirectory;
import io.tanggap.release.ReleaseNotes;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A release while it is written: in a hidden directory beside the one that it becomes, which a release that was cut off leaves and
 * the next one of that name removes. A lock, which ends with the process, keeps two from writing one.
 */
final class UnfinishedRelease implements AutoCloseable {
    private static final int KEY_BYTES = 32;

    private final Path out;
    private final Path hidden;
    private final Path key;
    private final FileChannel channel;
    private boolean whole;

    private UnfinishedRelease(Path out, Path hidden, Path key, FileChannel channel) {
        this.out = out;
        this.hidden = hidden;
        this.key = key;
        this.channel = channel;
    }

    /**
     * Begins a release.
     *
     * @param givenKey of the pseudonyms; null makes one, readable by its owner alone, that goes with the release's working files
     */
    static UnfinishedRelease begin(Path directory, @Nullable Path givenKey) throws IOException {
        Path out = directory.toAbsolutePath().normalize();
        Path parent = out.getParent();
        if (parent == null || out.getFileName() == null) {
            throw new UserError("--out " + directory + " is no directory that can be made; name one within another.");
        }
        if (Files.exists(out)) {
            throw new UserError("--out " + directory
                    + " is there already, and a release is never changed: name another directory, or remove this one.");
        }
        if (givenKey != null) {
            CaseKey.checked(givenKey);
        }
        Files.createDirectories(parent);
        FileChannel channel = locked(parent.resolve("." + out.getFileName() + ".lock"), directory);
        Path hidden = parent.resolve("." + out.getFileName() + ".unfinished");
        if (Files.exists(hidden)) {
            Directories.delete(hidden);
        }
        Files.createDirectories(hidden.resolve("release"));
        Files.createDirectories(hidden.resolve("work"));
        return new UnfinishedRelease(
                out, hidden, givenKey == null ? newKey(hidden) : givenKey.toAbsolutePath(), channel);
    }

    private static FileChannel locked(Path file, Path directory) throws IOException {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Held in this process.
        }
        channel.close();
        throw UserError.failed("Another export is writing " + directory + ": wait for it, or name another directory.");
    }

    private static Path newKey(Path hidden) throws IOException {
        Path file = hidden.resolve("work").resolve("key");
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, bytes);
        return file;
    }

    /** Where the release is written. */
    Path directory() {
        return hidden.resolve("release");
    }

    /** Where what is needed only now lies. */
    Path work() {
        return hidden.resolve("work");
    }

    /** The key of its pseudonyms. */
    Path key() {
        return key;
    }

    /**
     * Makes the table of measures of the rows that the job wrote.
     *
     * @param wanted whether there is to be one
     * @return how many figures were withheld
     */
    long measures(ReleasePlan plan, Published words, boolean wanted) throws IOException {
        Path rows = directory().resolve(WriteRows.FILE);
        MonthFigures figures = new MonthFigures(words, plan.anonymity().open());
        if (wanted) {
            try (BufferedReader lines = Files.newBufferedReader(rows)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    figures.add(line, plan.territory(), plan.from(), plan.to());
                }
            }
        }
        Files.delete(rows);
        if (!wanted) {
            return 0;
        }
        List<MeasureRow> told = figures.rows();
        ReleaseDirectory.writeMeasures(directory(), told, plan.formats());
        return told.stream().filter(MeasureRow::withheld).count();
    }

    /** Completes the release and gives it its name: from then on it is there, and whole. */
    void complete(ReleaseNotes notes, ReferencePack words, Set<Format> formats) throws IOException {
        ReleaseDirectory.complete(directory(), notes, words, formats);
        try (Stream<Path> files = Files.walk(directory())) {
            for (Path file : files.toList()) {
                sync(file);
            }
        }
        Files.move(directory(), out, StandardCopyOption.ATOMIC_MOVE);
        whole = true;
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel written = FileChannel.open(file, StandardOpenOption.READ)) {
            written.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        Directories.delete(hidden);
        channel.close();
        if (whole) {
            sync(requireNonNull(out.getParent(), "begin has asked"));
        }
    }
}

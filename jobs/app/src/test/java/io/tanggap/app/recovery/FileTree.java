package io.tanggap.app.recovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Directories with all that is in them. */
final class FileTree {
    private FileTree() {}

    /** Copies a directory, also of a program that goes on writing; what it removes meanwhile is left out. */
    static void copy(Path from, Path to) throws IOException {
        for (Path each : below(from)) {
            Path copy = to.resolve(from.relativize(each).toString());
            if (Files.isDirectory(each)) {
                Files.createDirectories(copy);
            } else {
                try {
                    Files.copy(each, copy);
                } catch (NoSuchFileException e) {
                    if (Files.exists(each)) {
                        throw e;
                    }
                }
            }
        }
    }

    private static List<Path> below(Path top) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            return files.toList();
        }
    }
}

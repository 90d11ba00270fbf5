package io.tanggap.app.recovery;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Directories of a program that goes on writing and removing. */
final class FileTree {
    private FileTree() {}

    /** Copies a directory with all that is in it; what is removed meanwhile is left out. */
    static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            Path copy = to.resolve(from.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            try {
                Files.copy(file, copy);
            } catch (NoSuchFileException e) {
                if (Files.exists(file)) {
                    throw e;
                }
            }
        }
    }

    /** The checkpoint that was completed last of all that lie below a directory. */
    static Path lastCheckpoint(Path directory) throws IOException {
        return files(directory).stream()
                .filter(file -> file.endsWith("_metadata"))
                .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                .orElseThrow()
                .getParent();
    }

    /** All files below a directory, but for those that are removed meanwhile. */
    static List<Path> files(Path top) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                return goOn(failure);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                return goOn(failure);
            }
        });
        return files;
    }

    private static FileVisitResult goOn(@Nullable IOException failure) throws IOException {
        if (failure != null && !(failure instanceof NoSuchFileException)) {
            throw failure;
        }
        return FileVisitResult.CONTINUE;
    }
}

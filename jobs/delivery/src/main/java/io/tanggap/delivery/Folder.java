package io.tanggap.delivery;

import io.tanggap.core.notice.Answer;
import io.tanggap.core.notice.Notice;
import io.tanggap.core.reference.Recipient;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages into files, as text and as a page: {@code <folder>/<address>/<when it was made>-<id>.txt} and {@code .html}.
 * The same message again replaces its files. To the address {@code -} its text is printed.
 */
final class Folder {
    private static final String PRINTED = "-";
    /** Of the letters that a folder can have on every machine. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_. -]{0,99}");

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final @Nullable String folder;
    private final Writer writer;
    private final PrintStream out;

    Folder(@Nullable String folder, Writer writer, PrintStream out) {
        this.folder = folder;
        this.writer = writer;
        this.out = out;
    }

    Answer carry(Notice notice, Recipient recipient) {
        String address = recipient.address();
        if (address.equals(PRINTED)) {
            byte[] text = writer.letter(notice).text().getBytes(StandardCharsets.UTF_8);
            out.write(text, 0, text.length);
            out.flush();
            return Answer.delivered("printed");
        }
        if (!PLAIN_NAME.matcher(address).matches() || address.endsWith(".") || address.endsWith(" ")) {
            return Answer.refused(
                    "the address of " + recipient.id()
                            + " is not the plain name of a folder: write letters from a to z, digits, '-' and '_', without '/'");
        }
        if (folder == null) {
            return Answer.retry("no file can be written for " + recipient.id() + ": the settings name no folder");
        }
        Path place = Path.of(folder, address);
        String name = STAMP.format(notice.madeAt()) + "-" + notice.id();
        Writer.Letter letter = writer.letter(notice);
        try {
            Files.createDirectories(place);
            write(place.resolve(name + ".html"), letter.html());
            write(place.resolve(name + ".txt"), letter.text());
            return Answer.delivered("written to " + place.resolve(name + ".txt"));
        } catch (IOException e) {
            return Answer.retry("the file " + place.resolve(name + ".txt") + " cannot be written: " + e
                    + "; see that the folder can be written to, and that there is space");
        }
    }

    /** Who looks into the folder sees a whole file or none. */
    private static void write(Path file, String text) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.writeString(part, text);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}

package io.tanggap.delivery;

import io.tanggap.core.wording.Nearest;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The file of secrets: a line is {@code smtp.password=...} or {@code webhook.<id of the recipient>=whsec_<base64>}, with further
 * keys after a blank while keys change. Empty lines and those that begin with {@code #} say nothing. No secret of it is in a
 * message, a log or an exception.
 */
final class Secrets {
    private static final String PASSWORD = "smtp.password";
    private static final String WEBHOOK = "webhook.";
    private static final String KEY = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    /** What Standard Webhooks asks of keys. */
    private static final int LEAST_KEY_BYTES = 24;

    private static final int MOST_KEY_BYTES = 64;

    private @Nullable String password;
    private final Map<String, List<SecretKeySpec>> keys = new HashMap<>();

    private Secrets() {}

    /** @param path null: there are no secrets */
    static Secrets in(@Nullable String path) throws IOException {
        Secrets secrets = new Secrets();
        if (path != null) {
            List<String> lines = lines(path);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (!line.isEmpty() && !line.startsWith("#")) {
                    secrets.take(line, "the file of secrets " + path + ", line " + (i + 1) + ": ");
                }
            }
        }
        return secrets;
    }

    @Nullable
    String smtpPassword() {
        return password;
    }

    /** The keys that sign what goes to a recipient; empty if none is known. */
    List<SecretKeySpec> webhookKeys(String recipient) {
        return keys.getOrDefault(recipient, List.of());
    }

    private static List<String> lines(String path) throws IOException {
        Path file = Path.of(path);
        try {
            Set<PosixFilePermission> permissions =
                    file.getFileSystem().supportedFileAttributeViews().contains("posix")
                            ? Files.getPosixFilePermissions(file)
                            : Set.of();
            if (permissions.contains(PosixFilePermission.OTHERS_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new IOException("every user of the machine can read or write the file of secrets " + path
                        + ": chmod o= " + path);
            }
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file of secrets " + path + ": make it, or name another one", e);
        } catch (CharacterCodingException e) {
            throw new IOException("the file of secrets " + path + " is not UTF-8: write it in UTF-8", e);
        }
    }

    private void take(String line, String where) throws IOException {
        int equals = line.indexOf('=');
        if (equals < 0) {
            // What the line holds is not said: it may be a secret.
            throw new IOException(
                    where + "there is no '=': a line is smtp.password=... or webhook.<recipient>=whsec_...");
        }
        String name = line.substring(0, equals).strip();
        String value = line.substring(equals + 1).strip();
        if (value.isEmpty()) {
            throw new IOException(where + name + " has no value: write it after the '=', or take the line away");
        }
        if (name.equals(PASSWORD)) {
            if (password != null) {
                throw new IOException(where + PASSWORD + " stands twice: take one away");
            }
            password = value;
        } else if (name.startsWith(WEBHOOK) && name.length() > WEBHOOK.length()) {
            List<SecretKeySpec> signing = new ArrayList<>();
            for (String key : value.split("\\s+", -1)) {
                signing.add(key(key, where + name));
            }
            if (keys.put(name.substring(WEBHOOK.length()), List.copyOf(signing)) != null) {
                throw new IOException(
                        where + name + " stands twice: write all its keys into one line, with blanks between them");
            }
        } else {
            throw new IOException(where + "there is no secret of that name; "
                    + Nearest.hint(name, List.of(PASSWORD, WEBHOOK + "<recipient>")));
        }
    }

    private static SecretKeySpec key(String text, String where) throws IOException {
        String remedy = ": write whsec_ and the Base64 of " + LEAST_KEY_BYTES + " to " + MOST_KEY_BYTES
                + " random bytes, for example by echo whsec_$(head -c 32 /dev/urandom | base64)";
        if (!text.startsWith(KEY)) {
            throw new IOException(where + " has a key that does not begin with whsec_" + remedy);
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.substring(KEY.length()));
        } catch (IllegalArgumentException e) {
            // The decoder's own words quote what it could not read, so it is no cause here.
            throw new IOException(where + " has a key that is not Base64" + remedy);
        }
        try {
            if (key.length < LEAST_KEY_BYTES || key.length > MOST_KEY_BYTES) {
                throw new IOException(where + " has a key of " + key.length + " bytes" + remedy);
            }
            return new SecretKeySpec(key, ALGORITHM);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}

package io.tanggap.delivery;

import static java.util.Objects.requireNonNull;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.Serializable;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * By which means messages travel. There is no secret in it, so that no job graph and no savepoint holds one: each worker reads
 * the file of secrets where it runs.
 *
 * @param smtp the server that takes e-mail; null: no e-mail is sent
 * @param secrets path of the file of secrets; null: there are none, so that nothing can be signed
 * @param folder path of the folder in which each recipient of files has its own; null: no files are written
 * @param board where the board is found by recipients, {@code http://} or {@code https://}; null: messages have no links
 * @param allowPrivate whether webhooks may lie at private addresses, and be called without TLS: for trials, and for receivers
 *     inside the own network
 */
public record Settings(
        @Nullable Smtp smtp,
        @Nullable String secrets,
        @Nullable String folder,
        @Nullable String board,
        boolean allowPrivate)
        implements Serializable {

    /** How the way to the mail server is protected. */
    public enum Security {
        /** Readable by all on the way: for trials. */
        PLAIN,
        /** TLS after the greeting; without it nothing is sent. */
        STARTTLS,
        /** TLS from the first byte. */
        TLS
    }

    /**
     * A mail server.
     *
     * @param user null: it asks for none. The password is {@code smtp.password} of the file of secrets
     * @param from the mailbox that messages come from, with or without a name
     */
    public record Smtp(String host, int port, @Nullable String user, String from, Security security)
            implements Serializable {
        public Smtp {
            requireNonNull(security, "security");
            if (host.isBlank()) {
                throw new IllegalArgumentException("the SMTP server has no host: name one");
            }
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("the port of the SMTP server is from 1 to 65535, not " + port);
            }
            if (user != null && security == Security.PLAIN) {
                throw new IllegalArgumentException(
                        "the password of the SMTP server would travel readable by all: use STARTTLS or TLS");
            }
            mailbox(from);
        }

        InternetAddress sender() {
            return mailbox(from);
        }

        private static InternetAddress mailbox(String from) {
            try {
                return Mail.mailbox(from);
            } catch (AddressException e) {
                throw new IllegalArgumentException(
                        "messages come from one mailbox, such as tanggap@example.org, not from '" + from + "'", e);
            }
        }
    }

    public Settings {
        if (board != null) {
            board = base(board);
        }
    }

    /** Without the slash at its end. */
    private static String base(String board) {
        URI uri;
        try {
            uri = URI.create(board);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(notABoard(board), e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https"))
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(notABoard(board));
        }
        return board.replaceAll("/+$", "");
    }

    private static String notABoard(String board) {
        return "the board is at an address such as https://board.example.org, not at '" + board + "'";
    }
}

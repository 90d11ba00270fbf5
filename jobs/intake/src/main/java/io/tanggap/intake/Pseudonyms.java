package io.tanggap.intake;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.complaint.CanonicalForm;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Names for persons that say nothing to whoever lacks the key: the first 128 bits of the HMAC-SHA-256 (RFC 2104, FIPS 198-1)
 * of channel, kind and identifier. The same person, channel and key give the same pseudonym; under another key, or on
 * another channel, pseudonyms cannot be told to be of one person. A plain hash would not do: all telephone numbers can be
 * tried out.
 *
 * <p>Whoever has the key can find a person again, so pseudonyms are personal data as long as the key exists; {@link #erase}
 * ends that for this object, and the holder of the key ends it for good. Not serializable, so that a key cannot travel in a
 * job graph or a savepoint. May be used by several threads.
 */
public final class Pseudonyms {
    /** As long as the hash: RFC 2104 discourages shorter keys. */
    private static final int KEY_BYTES = 32;

    private static final int PSEUDONYM_BYTES = 16;

    /** Keeps these MACs apart from any other use of the key, and from another normal form of identifiers. */
    private static final String DOMAIN = "tanggap-pseudonym-1";

    private static final String CASE_DOMAIN = "tanggap-release-case-1";

    private static final String EVENT_DOMAIN = "tanggap-feed-event-1";

    /** Chosen: what is shorter is a placeholder or a service number, and would make many persons one. */
    private static final int TELEPHONE_DIGITS = 7;

    private static final int IDENTITY_DIGITS = 16;

    /** How a person is identified, and so what counts as the same person. */
    public enum Kind {
        /**
         * A telephone number: digits and a leading plus alone count; 00 is a plus; what begins with 0, with 62 or, ten digits
         * or longer, with 8 is Indonesian; the zero of {@code +62 (0)812} is dropped. Other numbers without a country stay
         * as they are. A number of less than seven digits is nobody's.
         */
        PHONE,
        /**
         * An e-mail address: without blanks, in small letters. Dots and what follows a plus count, for only some providers
         * ignore them. What has no {@code @} is nobody's.
         */
        EMAIL,
        /** An account name: without leading {@code @} and blanks, in small letters. */
        HANDLE,
        /** A NIK: its digits alone. What has not 16 of them is nobody's. */
        NIK,
        /** The channel's own id of a person: exactly as it is, but for blanks around it. */
        ACCOUNT
    }

    private byte @Nullable [] key;

    /**
     * @param key at least 32 random bytes, read by the caller from where secrets are kept; copied, so the caller can wipe its
     *     own
     */
    public Pseudonyms(byte[] key) {
        if (key.length < KEY_BYTES) {
            throw new IllegalArgumentException("the key of pseudonyms has " + key.length
                    + " bytes and must have at least " + KEY_BYTES + ": make one with a random generator");
        }
        this.key = key.clone();
    }

    /**
     * The pseudonym of a person, 32 hexadecimal digits, or null where the identifier names nobody, such as an empty one.
     *
     * @param channel the channel's id, exactly
     * @throws IllegalStateException if the key was erased
     */
    public synchronized @Nullable String of(String channel, Kind kind, String identifier) {
        requireNonNull(channel, "channel");
        if (key == null) {
            throw new IllegalStateException("the key of these pseudonyms was erased");
        }
        String normal = normal(kind, identifier);
        if (normal.isEmpty()) {
            return null;
        }
        return mac(
                key,
                new CanonicalForm()
                        .text(DOMAIN)
                        .text(channel)
                        .text(kind.name())
                        .text(normal)
                        .bytes());
    }

    /**
     * The pseudonym of a case in a release of research data, 32 hexadecimal digits. It has nothing in common with the pseudonyms of
     * persons, nor with that of the same case under another key.
     *
     * @throws IllegalStateException if the key was erased
     */
    public synchronized String ofCase(String caseId) {
        return ofRecord(CASE_DOMAIN, caseId);
    }

    /**
     * The pseudonym of an event in the daily feed, 32 hexadecimal digits: the same for each copy of the event. Its plain id would not do:
     * it is a hash of what happened, and whoever knows nearly all of that can try out the rest.
     *
     * @throws IllegalStateException if the key was erased
     */
    public synchronized String ofEvent(String eventId) {
        return ofRecord(EVENT_DOMAIN, eventId);
    }

    private String ofRecord(String domain, String id) {
        if (key == null) {
            throw new IllegalStateException("the key of these pseudonyms was erased");
        }
        return mac(key, new CanonicalForm().text(domain).text(id).bytes());
    }

    private static String mac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(message), 0, PSEUDONYM_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /**
     * Overwrites the key: no pseudonym can be made from now on. Copies that the platform's HMAC made while it worked stay in
     * memory until they are collected.
     */
    public synchronized void erase() {
        if (key != null) {
            Arrays.fill(key, (byte) 0);
            key = null;
        }
    }

    /** Whether there is a key; never the key. */
    @Override
    public synchronized String toString() {
        return "Pseudonyms[key " + (key == null ? "erased" : "hidden") + "]";
    }

    private static String normal(Kind kind, String identifier) {
        String visible = Normalizer.normalize(identifier, Normalizer.Form.NFKC).replaceAll("\\p{Cf}", "");
        return switch (kind) {
            case PHONE -> telephone(visible);
            case EMAIL -> visible.indexOf('@') < 0 ? "" : inSmallLetters(visible);
            case HANDLE -> inSmallLetters(visible).replaceFirst("^@++", "");
            case NIK -> {
                String digits = digits(visible);
                yield digits.length() == IDENTITY_DIGITS ? digits : "";
            }
            case ACCOUNT -> identifier.strip();
        };
    }

    private static String telephone(String number) {
        String digits = digits(number);
        boolean withCountry = number.replaceFirst("^[^\\p{Nd}+]++", "").startsWith("+");
        if (!withCountry && digits.startsWith("00")) {
            withCountry = true;
            digits = digits.substring(2);
        }
        if (digits.length() < TELEPHONE_DIGITS) {
            return "";
        }
        if (withCountry || digits.startsWith("62")) {
            return "+" + (digits.startsWith("620") ? "62" + digits.substring(3) : digits);
        }
        if (digits.startsWith("0")) {
            return "+62" + digits.substring(1);
        }
        // A spreadsheet has taken the zero away.
        return digits.startsWith("8") && digits.length() >= 10 ? "+62" + digits : digits;
    }

    private static String digits(String text) {
        StringBuilder digits = new StringBuilder();
        text.codePoints()
                .map(codePoint -> Character.digit(codePoint, 10))
                .filter(digit -> digit >= 0)
                .forEach(digits::append);
        return digits.toString();
    }

    private static String inSmallLetters(String text) {
        return text.replaceAll("[\\s\\p{Z}]++", "").toLowerCase(Locale.ROOT);
    }
}

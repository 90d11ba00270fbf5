package io.tanggap.delivery;

import io.tanggap.core.notice.Answer;
import io.tanggap.core.notice.Notice;
import io.tanggap.core.reference.Recipient;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Posts messages as Standard Webhooks have it: JSON, signed with each of the recipient's keys. What is said of an address is
 * its host alone: for many receivers the rest of it is a secret.
 */
final class Webhook implements AutoCloseable {
    /** How much is read of an answer. Chosen: a sentence of the other side fits, and an endless answer costs nothing. */
    private static final int MOST_READ = 1024;

    /** How many run at once. Chosen: more than an operator has on the way; beyond it, attempts wait, and time runs. */
    private static final int MOST_AT_ONCE = 64;

    /**
     * Those of 4xx after which it is tried again, besides all of 5xx. Chosen: a key that is not known yet, a page that is not
     * there or a proxy that asks who comes is often a receiver that is set up wrong for an hour; the others say that this very
     * message is not wanted, or never will be read.
     */
    private static final Set<Integer> TRY_AGAIN = Set.of(401, 403, 404, 407, 408, 409, 421, 423, 425, 429);

    private final Secrets secrets;
    private final NoticeJson json;
    private final boolean allowPrivate;
    private final Outside outside;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService deadlines;

    Webhook(Secrets secrets, NoticeJson json, boolean allowPrivate, Outside outside) {
        this.secrets = secrets;
        this.json = json;
        this.allowPrivate = allowPrivate;
        this.outside = outside;
        Timeout whole = Timeout.of(outside.attempt());
        SSLContext tls = outside.tls();
        client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new PublicAddresses(outside.names(), allowPrivate))
                        .setTlsSocketStrategy(
                                tls == null
                                        ? DefaultClientTlsStrategy.createDefault()
                                        : new DefaultClientTlsStrategy(tls))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(outside.connect()))
                                .setSocketTimeout(whole)
                                .build())
                        .setMaxConnTotal(MOST_AT_ONCE)
                        .setMaxConnPerRoute(MOST_AT_ONCE)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(whole)
                        .setResponseTimeout(whole)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                // Messages are few and far between, and a connection that was kept has mostly been closed by then.
                .setConnectionReuseStrategy((request, response, context) -> false)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("tanggap")
                .build();
        // The timeouts above are of one read each: who sends a byte now and then would hold on for ever.
        deadlines = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "delivery-deadline");
            thread.setDaemon(true);
            return thread;
        });
    }

    Answer carry(Notice notice, Recipient recipient, int attempt) {
        URI address;
        try {
            address = address(recipient);
        } catch (WrongAddress e) {
            return Answer.refused(e.getMessage());
        }
        List<SecretKeySpec> keys = secrets.webhookKeys(recipient.id());
        if (keys.isEmpty()) {
            return Answer.retry("there is no key to sign what goes to " + recipient.id() + ": put the line webhook."
                    + recipient.id() + "=whsec_... into the file of secrets");
        }
        byte[] body = json.bytes(notice);
        Instant now = outside.clock().instant();
        String timestamp = Long.toString(now.getEpochSecond());
        HttpPost post = new HttpPost(address);
        post.setEntity(new ByteArrayEntity(body, ContentType.create("application/json")));
        post.setHeader("connection", "close");
        post.setHeader("webhook-id", notice.id());
        post.setHeader("webhook-timestamp", timestamp);
        post.setHeader(
                "webhook-signature",
                keys.stream()
                        .map(key -> "v1," + signature(key, notice.id() + "." + timestamp + ".", body))
                        .collect(Collectors.joining(" ")));
        post.setHeader("tanggap-attempt", Integer.toString(attempt));
        return send(post, HttpHost.create(address), now);
    }

    private Answer send(HttpPost post, HttpHost host, Instant now) {
        AtomicBoolean late = new AtomicBoolean();
        Future<?> deadline = deadlines.schedule(
                () -> {
                    late.set(true);
                    post.cancel();
                },
                outside.attempt().toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse response = client.executeOpen(host, post, null);
            Answer answer = judged(host, response, start(response), now);
            abandon(post, response);
            return answer;
        } catch (PublicAddresses.Refused e) {
            return Answer.refused(String.valueOf(e.getMessage()));
        } catch (UnknownHostException e) {
            return Answer.retry(
                    "the name " + host.getHostName() + " has no address now: if it is written right, look at the DNS");
        } catch (SSLException e) {
            return Answer.retry("no safe connection to " + host + " came about: " + said(e)
                    + "; its certificate must be valid, and be that of the host");
        } catch (SocketTimeoutException e) {
            return Answer.retry(tooLate(host));
        } catch (IOException e) {
            return Answer.retry(late.get() ? tooLate(host) : "the connection to " + host + " failed: " + said(e));
        } finally {
            deadline.cancel(false);
        }
    }

    /** To close an answer is to read it to its end, so the connection is cut first. */
    private static void abandon(HttpPost post, ClassicHttpResponse response) {
        post.cancel();
        try {
            response.close();
        } catch (IOException e) {
            // The connection is gone, as was wanted; what counts has been read.
        }
    }

    private String tooLate(HttpHost host) {
        return host + " did not take the message in time, which is "
                + outside.connect().toSeconds() + " s to connect and "
                + outside.attempt().toSeconds() + " s in all";
    }

    private static String said(IOException e) {
        return OneLine.of(String.valueOf(e.getMessage()), MOST_READ);
    }

    private static Answer judged(HttpHost host, ClassicHttpResponse response, String start, Instant now) {
        int status = response.getCode();
        String text = host + " answered " + status + (start.isEmpty() ? "" : ": " + start);
        if (status >= 200 && status < 300) {
            return Answer.delivered(text);
        }
        if (status >= 300 && status < 400) {
            return Answer.refused(host + " answered " + status
                    + ", which leads to another address, and messages follow none: give the recipient the last address"
                    + " itself");
        }
        if (status == 410) {
            return Answer.refused(text + "; it says that it is gone for good: take the recipient out of the pack");
        }
        if (status >= 500 || TRY_AGAIN.contains(status)) {
            return new Answer(Answer.Outcome.RETRY, text, retryAfter(response, now));
        }
        return Answer.refused(text);
    }

    /** What an answer begins with; what could be read of it if it breaks off, for its status says enough. */
    private static String start(ClassicHttpResponse response) {
        HttpEntity entity = response.getEntity();
        byte[] start = new byte[MOST_READ];
        int read = 0;
        try {
            InputStream content = entity == null ? InputStream.nullInputStream() : entity.getContent();
            int more = content.read(start, read, MOST_READ);
            while (more > 0) {
                read += more;
                more = content.read(start, read, MOST_READ - read);
            }
        } catch (IOException e) {
            return OneLine.of(new String(start, 0, read, StandardCharsets.UTF_8));
        }
        return OneLine.of(new String(start, 0, read, StandardCharsets.UTF_8));
    }

    /** Seconds or a date; null if there is neither, or one in the past. */
    private static @Nullable Duration retryAfter(ClassicHttpResponse response, Instant now) {
        Header header = response.getFirstHeader("Retry-After");
        if (header == null || header.getValue() == null) {
            return null;
        }
        String value = header.getValue().strip();
        Duration wait;
        if (value.matches("[0-9]{1,9}")) {
            wait = Duration.ofSeconds(Long.parseLong(value));
        } else {
            try {
                wait = Duration.between(now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from));
            } catch (DateTimeException e) {
                return null;
            }
        }
        return wait.isNegative() || wait.isZero() ? null : wait;
    }

    private static String signature(SecretKeySpec key, String before, byte[] body) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            mac.update(before.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }

    /** An address that cannot be called. */
    private static final class WrongAddress extends Exception {
        private static final long serialVersionUID = 1;

        WrongAddress(Recipient recipient, String what) {
            super("the address of " + recipient.id() + " " + what);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    private URI address(Recipient recipient) throws WrongAddress {
        URI address;
        try {
            // Without it, a port that is no number or a host that is none would pass, as a mere name.
            address = new URI(recipient.address()).parseServerAuthority();
        } catch (URISyntaxException e) {
            throw new WrongAddress(recipient, "is no URL: write one such as https://desk.example.org/tanggap");
        }
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        if (address.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new WrongAddress(
                    recipient, "is no URL of the web: write one such as https://desk.example.org/tanggap");
        }
        if (scheme.equals("http") && !allowPrivate) {
            throw new WrongAddress(
                    recipient,
                    "begins with http://, which all on the way can read: write https://, or let the settings"
                            + " allow private addresses");
        }
        if (address.getRawUserInfo() != null) {
            throw new WrongAddress(
                    recipient, "names a user: take out what stands before the @, for messages are signed instead");
        }
        if (address.getPort() == 0 || address.getPort() > 65_535) {
            throw new WrongAddress(recipient, "has a port that there is not: ports go from 1 to 65535");
        }
        return address;
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        // What is still on the way is given up: the caller stops, and tries again when it starts.
        client.close(CloseMode.IMMEDIATE);
    }
}

package io.tanggap.elasticsearch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.RestClient;
import org.jspecify.annotations.Nullable;

/**
 * How a process reaches an Elasticsearch that asks who it is. Every process is told by its environment, a command as well as each
 * worker of a cluster, so that no secret is part of a job: {@value #API_KEY_FILE} names a file with an API key in its encoded form,
 * {@value #CA} one with the certificates, in PEM, that alone may have signed the server's. Without the one nobody is named, without the
 * other the authorities of the Java runtime are trusted. A key is sent over TLS, or on this machine.
 */
public final class Access {
    static final String API_KEY_FILE = "TANGGAP_ELASTICSEARCH_API_KEY_FILE";
    static final String CA = "TANGGAP_ELASTICSEARCH_CA";

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final @Nullable String authorization;
    private final @Nullable SSLContext tls;

    private Access(@Nullable String authorization, @Nullable SSLContext tls) {
        this.authorization = authorization;
        this.tls = tls;
    }

    /**
     * As the environment of this process says, now: a key that was exchanged is read anew by what is opened after that.
     *
     * @throws UncheckedIOException if a file that it names cannot be used; the message says which, and why
     */
    public static Access ofEnvironment() {
        return of(System.getenv());
    }

    static Access of(Map<String, String> environment) {
        String key = environment.get(API_KEY_FILE);
        String authorities = environment.get(CA);
        try {
            return new Access(
                    key == null ? null : "ApiKey " + key(Path.of(key)),
                    authorities == null ? null : trusting(Path.of(authorities)));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static String key(Path file) throws IOException {
        String key;
        try {
            key = Files.readString(file).strip();
        } catch (IOException e) {
            throw new IOException(
                    API_KEY_FILE + " names " + file
                            + ", which cannot be read: name a file with an API key in its encoded form",
                    e);
        }
        if (!key.matches("[\\x21-\\x7e]+")) {
            throw new IOException(
                    API_KEY_FILE + " names " + file
                            + ", which holds no API key: it has one line, the encoded form in which the key was shown when it was made");
        }
        return key;
    }

    private static SSLContext trusting(Path file) throws IOException {
        try (InputStream pem = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("ca-" + trusted.size(), certificate);
            }
            if (trusted.size() == 0) {
                throw new IOException("it holds no certificate");
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException(
                    CA + " names " + file + ", which cannot be used (" + e.getMessage()
                            + "): name a file with the certificates of the authorities in PEM",
                    e);
        }
    }

    /** The same, but with the credentials of a user; null changes nothing. */
    Access with(@Nullable String otherAuthorization) {
        return otherAuthorization == null ? this : new Access(otherAuthorization, tls);
    }

    /** The value of the header Authorization for a server; null where nobody is named. */
    @Nullable
    String authorizationFor(String url) {
        HttpHost host = HttpHost.create(url);
        if (authorization != null && !host.getSchemeName().equals("https") && !LOOPBACK.contains(host.getHostName())) {
            throw new UncheckedIOException(new IOException("credentials would be sent to " + url
                    + " for everybody on the way to read: name Elasticsearch by an address of https://"));
        }
        return authorization;
    }

    /** A client of the nodes of one cluster, which gives a request up after some time without a byte. */
    RestClient restClient(List<String> urls, Duration timeout) {
        String header = urls.stream().map(this::authorizationFor).toList().get(0);
        return RestClient.builder(urls.stream().map(HttpHost::create).toArray(HttpHost[]::new))
                .setDefaultHeaders(
                        header == null ? new Header[0] : new Header[] {new BasicHeader("Authorization", header)})
                .setRequestConfigCallback(request -> request.setSocketTimeout(Math.toIntExact(timeout.toMillis())))
                .setHttpClientConfigCallback(client -> tls == null ? client : client.setSSLContext(tls))
                .build();
    }

    /** A client that trusts as this says; requests name the user by {@link #authorizationFor}. */
    HttpClient httpClient() {
        HttpClient.Builder builder = HttpClient.newBuilder();
        return (tls == null ? builder : builder.sslContext(tls)).build();
    }
}

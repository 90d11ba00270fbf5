package io.tanggap.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tanggap.core.notice.Answer;
import io.tanggap.core.notice.Answer.Outcome;
import io.tanggap.core.notice.Notice;
import io.tanggap.core.notice.Notice.Change;
import io.tanggap.core.notice.Notice.Occasion;
import io.tanggap.core.reference.Recipient.Means;
import io.tanggap.delivery.Settings.Security;
import io.tanggap.delivery.Settings.Smtp;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MailTest {
    private static final Instant NOW = Instant.parse("2026-03-12T00:31:07Z");
    private static final String TO = "desk@dbm.example.org";
    private static final String FROM = "Tanggap <tanggap@city.example.org>";

    @TempDir
    Path folder;

    private final GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());
    private Duration attempt = Duration.ofSeconds(20);
    private SSLContext tls;
    private int port;

    @BeforeEach
    void start() {
        server.start();
        port = server.getSmtp().getPort();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aMessageIsTextAndPage() throws Exception {
        assertThat(carry(Sample.digest("id"), TO)).isEqualTo(Answer.delivered("127.0.0.1 took it"));
        MimeMessage message = received();
        assertThat(message.getSubject())
                .isEqualTo("3 lewat tenggat, 1 mendekati tenggat, 1 kanal diam — Dinas Bina Marga");
        assertThat(message.getFrom()[0]).hasToString(FROM);
        assertThat(message.getRecipients(Message.RecipientType.TO)[0]).hasToString(TO);
        assertThat(message.getSentDate()).isEqualTo(NOW);
        assertThat(message.getHeader("Message-ID")).containsExactly("<" + Sample.ID + "@city.example.org>");
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(message.getHeader("X-Tanggap-Notice")).containsExactly(Sample.ID);
        assertThat(message.getHeader("Content-Language")).containsExactly("id");
        assertThat(message.getContentType()).startsWith("multipart/alternative");
        MimeMultipart alternatives = (MimeMultipart) message.getContent();
        assertThat(alternatives.getCount()).isEqualTo(2);
        assertThat(alternatives.getBodyPart(0).getContentType().toLowerCase(Locale.ROOT))
                .isEqualTo("text/plain; charset=utf-8");
        assertThat(alternatives.getBodyPart(0).getContent().toString())
                .contains("4 baru · 1 ditarik kembali", "* Lewat tenggat: penyelesaian");
        assertThat(alternatives.getBodyPart(1).getContentType().toLowerCase(Locale.ROOT))
                .isEqualTo("text/html; charset=utf-8");
        assertThat(alternatives.getBodyPart(1).getContent().toString()).contains("<html lang=\"id\">");
    }

    @Test
    void noNameBecomesAHeader() throws Exception {
        Notice evil = named("Dinas\r\nBcc: all@example.org\r\n\r\n<script> “Özgür” 工");
        assertThat(carry(evil, TO).outcome()).isEqualTo(Outcome.DELIVERED);
        MimeMessage message = received();
        assertThat(message.getSubject())
                .isEqualTo("Overdue: resolution, case Q-1 — Dinas Bcc: all@example.org <script> “Özgür” 工");
        assertThat(message.getHeader("Bcc")).isNull();
        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(((MimeMultipart) message.getContent())
                        .getBodyPart(0)
                        .getContent()
                        .toString())
                .startsWith("Dinas Bcc: all@example.org <script> “Özgür” 工");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "desk",
                "a@x.example, b@x.example",
                "all: a@x.example, b@x.example;",
                "a@x.example\r\nBcc: b@x.example",
                "dèsk@x.example",
                "a b@x.example",
                "@x.example",
                "a@"
            })
    void anAddressThatIsNotOneMailboxIsRefused(String address) throws IOException {
        Answer answer = carry(Sample.digest("en"), address);
        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.text()).contains("is not one mailbox");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void anIdThatIsNoneIsRefused() throws IOException {
        Notice sound = Sample.digest("en");
        Notice odd = new Notice(
                "x\r\nBcc: a@x.example",
                sound.recipient(),
                sound.unit(),
                sound.unitName(),
                sound.occasion(),
                sound.madeAt(),
                sound.counts(),
                sound.items(),
                null,
                sound.names(),
                "en",
                sound.zone());
        assertThat(carry(odd, TO).outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void itIsFoundWhateverTheLoaderOfTheThread() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader empty = ClassLoader.getPlatformClassLoader();
        thread.setContextClassLoader(empty);
        try {
            assertThat(carry(Sample.digest("en"), TO).outcome()).isEqualTo(Outcome.DELIVERED);
            assertThat(thread.getContextClassLoader()).isSameAs(empty);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void withoutAServerItIsTriedAgain() throws IOException {
        try (Post post = new Post(new Settings(null, null, null, null, false), outside())) {
            Answer answer = post.carry(Sample.digest("en"), Sample.recipient(Means.EMAIL, TO), 1);
            assertThat(answer.outcome()).isEqualTo(Outcome.RETRY);
            assertThat(answer.text()).contains("the settings name no SMTP server");
        }
    }

    @Test
    void aServerThatDoesNotRunIsTriedAgain() throws IOException {
        server.stop();
        Answer answer = carry(Sample.digest("en"), TO);
        assertThat(answer.outcome()).isEqualTo(Outcome.RETRY);
        assertThat(answer.text()).contains("no e-mail could be sent by 127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT,450,RETRY",
        "RCPT,550,REFUSED",
        "MAIL,451,RETRY",
        "MAIL,553,REFUSED",
        "DATA,421,RETRY",
        "DATA,554,REFUSED"
    })
    void whatTheServerAnswersDecides(String command, int code, Outcome outcome) throws Exception {
        try (Scripted scripted = new Scripted(command, code + " because of it")) {
            Answer answer = carry(Sample.digest("en"), TO, scripted.port(), null, Security.PLAIN);
            assertThat(answer.outcome()).isEqualTo(outcome);
            assertThat(answer.text()).contains(code + " because of it");
        }
    }

    @Test
    void aServerThatFallsSilentIsGivenUp() throws Exception {
        attempt = Duration.ofMillis(500);
        try (Scripted scripted = new Scripted("RCPT", null)) {
            assertThat(carry(Sample.digest("en"), TO, scripted.port(), null, Security.PLAIN)
                            .outcome())
                    .isEqualTo(Outcome.RETRY);
        }
    }

    @Test
    void whatAServerTookIsDeliveredThoughItSaysNoGoodBye() throws Exception {
        try (Scripted scripted = new Scripted("QUIT", null)) {
            assertThat(carry(Sample.digest("en"), TO, scripted.port(), null, Security.PLAIN)
                            .outcome())
                    .isEqualTo(Outcome.DELIVERED);
        }
    }

    @Test
    void aServerWithoutStarttlsIsSentNothing() throws Exception {
        try (Scripted scripted = new Scripted("NONE", null)) {
            Answer answer = carry(Sample.digest("en"), TO, scripted.port(), null, Security.STARTTLS);
            assertThat(answer.outcome()).isEqualTo(Outcome.RETRY);
            assertThat(answer.text()).contains("STARTTLS");
        }
    }

    @Test
    void behindTlsTheUserIsKnownByThePassword() throws Exception {
        tls = Certificate.of("localhost", folder);
        System.setProperty(
                "greenmail.tls.keystore.file", folder.resolve("localhost.p12").toString());
        System.setProperty("greenmail.tls.keystore.password", Certificate.PASSWORD);
        GreenMail safe = new GreenMail(ServerSetup.SMTPS.dynamicPort());
        safe.start();
        try {
            safe.setUser("tanggap", "right");
            SecretsTest.write(folder, "smtp.password=right");
            int port = safe.getSmtps().getPort();
            assertThat(carry(Sample.digest("en"), TO, port, "tanggap", Security.TLS)
                            .outcome())
                    .isEqualTo(Outcome.DELIVERED);
            SecretsTest.write(folder, "smtp.password=hunter2");
            Answer wrong = carry(Sample.digest("en"), TO, port, "tanggap", Security.TLS);
            assertThat(wrong.outcome()).isEqualTo(Outcome.RETRY);
            assertThat(wrong.text()).contains("does not take the user tanggap").doesNotContain("hunter2");
        } finally {
            safe.stop();
            System.clearProperty("greenmail.tls.keystore.file");
            System.clearProperty("greenmail.tls.keystore.password");
        }
    }

    @Test
    void aServerOfAnotherNameIsSentNothing() throws Exception {
        tls = Certificate.of("other.test", folder);
        attempt = Duration.ofSeconds(2);
        try (ServerSocket server =
                tls.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread greeting = new Thread(() -> {
                try (Socket socket = server.accept()) {
                    socket.getOutputStream().write("220 hello\r\n".getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().read();
                } catch (IOException e) {
                    // The other side does not trust us, as it should.
                }
            });
            greeting.start();
            Answer answer = carry(Sample.digest("en"), TO, server.getLocalPort(), null, Security.TLS);
            assertThat(answer.outcome()).isEqualTo(Outcome.RETRY);
            assertThat(answer.text()).contains("No subject alternative DNS name matching localhost");
            greeting.join();
        }
    }

    @Test
    void aUserWithoutAPasswordIsAnErrorAtTheStart() throws IOException {
        Settings settings = new Settings(
                new Smtp("127.0.0.1", 25, "tanggap", FROM, Security.TLS),
                SecretsTest.write(folder, "# none\n").toString(),
                null,
                null,
                false);
        assertThatIOException()
                .isThrownBy(() -> new Post(settings, outside()))
                .withMessageContaining("put the line smtp.password=... into " + folder.resolve("secrets"));
    }

    @Test
    void settingsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Smtp(" ", 25, null, FROM, Security.PLAIN))
                .withMessageContaining("no host");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Smtp("a", 0, null, FROM, Security.PLAIN))
                .withMessageContaining("from 1 to 65535");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Smtp("a", 25, "user", FROM, Security.PLAIN))
                .withMessageContaining("use STARTTLS or TLS");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Smtp("a", 25, null, "nobody", Security.PLAIN))
                .withMessageContaining("not from 'nobody'");
        for (String board :
                List.of("", "board", "ftp://board", "https://u@board", "https://board?x", "https://board#x")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Settings(null, null, null, board, false))
                    .withMessageContaining("the board is at an address such as");
        }
        assertThat(new Settings(null, null, null, "https://city.example.org/board/", false).board())
                .isEqualTo("https://city.example.org/board");
    }

    private static Notice named(String unitName) {
        Notice sound = Sample.notice(Occasion.INSTANT, List.of(Sample.overdue(Change.RAISED, "Q-1")));
        Map<String, String> names = new HashMap<>(sound.names());
        return new Notice(
                sound.id(),
                sound.recipient(),
                sound.unit(),
                unitName,
                sound.occasion(),
                sound.madeAt(),
                sound.counts(),
                sound.items(),
                null,
                names,
                "en",
                sound.zone());
    }

    private Outside outside() {
        return new Outside(() -> NOW, InetAddress::getAllByName, tls, System.out, Duration.ofSeconds(5), attempt);
    }

    private Answer carry(Notice notice, String address) throws IOException {
        return carry(notice, address, port, null, Security.PLAIN);
    }

    private Answer carry(Notice notice, String address, int port, String user, Security security) throws IOException {
        Settings settings = new Settings(
                new Smtp(security == Security.TLS ? "localhost" : "127.0.0.1", port, user, FROM, security),
                user == null ? null : folder.resolve("secrets").toString(),
                null,
                "https://board.example.org",
                false);
        try (Post post = new Post(settings, outside())) {
            return post.carry(notice, Sample.recipient(Means.EMAIL, address), 1);
        }
    }

    private MimeMessage received() {
        assertThat(server.getReceivedMessages()).hasSize(1);
        return server.getReceivedMessages()[0];
    }

    /** A mail server that takes everything but one command, to which it gives another answer, or none. */
    private static final class Scripted implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

        Scripted(String command, String answer) throws IOException {
            Thread serving = new Thread(() -> serve(command, answer));
            serving.setDaemon(true);
            serving.start();
        }

        int port() {
            return server.getLocalPort();
        }

        private void serve(String command, String answer) {
            try (Socket socket = server.accept();
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                    OutputStream out = socket.getOutputStream()) {
                out.write("220 scripted\r\n".getBytes(StandardCharsets.US_ASCII));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    String said =
                            line.startsWith(command) ? answer : line.startsWith("DATA") ? "354 go on" : "250 fine";
                    if (said != null) {
                        out.write((said + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    }
                    if ("354 go on".equals(said)) {
                        skipMessage(in);
                        out.write("250 taken\r\n".getBytes(StandardCharsets.US_ASCII));
                    }
                }
            } catch (IOException e) {
                // The other side has gone.
            }
        }

        private static void skipMessage(BufferedReader in) throws IOException {
            String line = in.readLine();
            while (line != null && !line.equals(".")) {
                line = in.readLine();
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}

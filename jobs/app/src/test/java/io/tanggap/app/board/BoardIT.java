package io.tanggap.app.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tanggap.app.cli.Publishing;
import io.tanggap.app.fixture.JobRun;
import io.tanggap.app.fixture.LivedMonth;
import io.tanggap.board.BoardServer;
import io.tanggap.testkit.EmbeddedServers;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EmbeddedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoardIT {
    private static final Pattern FIGURE = Pattern.compile("data-figure=\"([^\"]+)\">([^<]*)<");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private static final Pattern CHART = Pattern.compile("<script type=\"application/json\">(.*?)</script>");

    private LivedMonth month;
    private JobRun run;
    private BoardServer board;

    @BeforeAll
    void judge(EmbeddedServers servers, @TempDir Path directory) throws Exception {
        month = LivedMonth.of(1117, 2_500);
        run = JobRun.start(servers, directory);
        run.publish(month.pack());
        run.send(month.messages());
        run.intake();
        run.replay(month.asOf());
        Publishing.standings(run.bootstrap(), run.elasticsearch(), month.asOf());
        run.queries().refresh("tanggap-*");
        board = BoardServer.start(run.elasticsearch(), 0, (caseId, asOf) -> "told of " + caseId + " at " + asOf);
    }

    @AfterAll
    void close() throws Exception {
        board.close();
        run.close();
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', ALL, ALL, TERRITORY, CROP, 31, city",
        "'', channel:qlue, qlue, ALL, TERRITORY, CROP, 31, city",
        "'', group:water, ALL, water, TERRITORY, CROP, 31, city",
        "31.74, '', ALL, ALL, HOLDER, CRM, 31.74, charged",
        "31.74, '', ALL, ALL, TERRITORY, CROP, 31.74, land"
    })
    void figuresOnThePageAreThoseOfTheIndex(
            String chosen,
            String only,
            String channel,
            String group,
            String role,
            String rule,
            String unit,
            String block)
            throws Exception {
        JsonNode row = only(
                "tanggap-responsiveness",
                "role:%s AND rule:%s AND unit:%s AND channel:%s AND category_group:%s AND window:ROLLING_30"
                        .formatted(role, rule, unit, channel, group));
        String page = page("/?unit=" + chosen + "&only=" + URLEncoder.encode(only, StandardCharsets.UTF_8));
        JsonNode counts = row.path("counts");
        assertThat(figure(page, block + ".received"))
                .isEqualTo(whole(counts.path("received").asLong()));
        assertThat(figure(page, block + ".open"))
                .isEqualTo(whole(counts.path("open").asLong()));
        assertThat(figure(page, block + ".overdue"))
                .isEqualTo(whole(counts.path("overdue").asLong()));
        assertThat(figure(page, block + ".resolved"))
                .isEqualTo(whole(counts.path("closed_fixed").asLong()
                        + counts.path("closed_answered").asLong()));
        JsonNode share = row.path("shares").path("on_time");
        assertThat(figure(page, block + ".on_time"))
                .isEqualTo(share.isMissingNode() ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * share.asDouble()));
    }

    @ParameterizedTest
    @CsvSource({"'', TERRITORY, CROP, 31", "31.74, HOLDER, CRM, 31.74"})
    void theCurveOnThePageIsThatOfTheIndex(String chosen, String role, String rule, String unit) throws Exception {
        JsonNode points = only(
                        "tanggap-responsiveness",
                        "role:%s AND rule:%s AND unit:%s AND channel:ALL AND category_group:ALL AND window:ROLLING_30"
                                .formatted(role, rule, unit))
                .path("close_curve");
        JsonNode drawn = all(CHART, page("/?unit=" + chosen)).stream()
                .map(BoardIT::json)
                .filter(chart -> chart.path("shape").asText().equals("curve"))
                .findFirst()
                .orElseThrow();
        assertThat(points).hasSizeGreaterThan(10);
        for (int i = 0; i < points.size(); i++) {
            JsonNode point = points.get(i);
            assertThat(drawn.path("hours").get(i)).isEqualTo(point.path("hours"));
            assertThat(drawn.path("values").get(i)).isEqualTo(point.path("survival"));
            assertThat(drawn.path("low").path(i).asDouble())
                    .isEqualTo(point.path("low").asDouble());
            assertThat(drawn.path("high").path(i).asDouble())
                    .isEqualTo(point.path("high").asDouble());
        }
        assertThat(drawn.path("hours")).hasSameSizeAs(points);
    }

    @Test
    void wherePartsHaveNoCurveThePageSaysSo() throws Exception {
        assertThat(page("/?only=channel:qlue")).contains("There is no curve");
        assertThat(page("/")).doesNotContain("There is no curve");
    }

    @Test
    void theFileOfTheReportSaysWhatTheBoardSays(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("november.html");
        Publishing.page(run.bootstrap(), month.asOf(), "2017-11", file);
        String made = Files.readString(file);
        String read = page("/?period=MONTH:2017-11-01");
        assertThat(all(FIGURE, made)).hasSize(6).isEqualTo(all(FIGURE, read));
        assertThat(all(CHART, made)).hasSize(4).isEqualTo(all(CHART, read));
        try (Browser browser = Browser.start(false)) {
            browser.requests();
            browser.driver().get(file.toUri().toString());
            assertThat(browser.run("return document.querySelectorAll('.chart canvas').length"))
                    .isEqualTo(4L);
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.requests()).allMatch(one -> one.startsWith("file:"));
        }
    }

    private static JsonNode json(String script) {
        try {
            return JSON.readTree(script.replaceAll("</?script[^>]*>", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> all(Pattern pattern, String page) {
        return pattern.matcher(page).results().map(MatchResult::group).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "overdue, open:true AND overdue:true",
        "at_risk, 'open:true AND verdict:RUNNING AND threshold:[75 TO *]'",
        "stale, open:true AND stale:true",
        "limbo, open:true AND _exists_:offered_to"
    })
    void listsOfTheDeskHoldTheCasesOfTheIndex(String list, String condition) throws Exception {
        assertThat(figure(page("/desk"), "desk." + list)).isEqualTo(whole(count(condition)));
        // A city of the province: whoever holds, is offered or is charged with the case, or has it on its land, is
        // below it.
        assertThat(figure(page("/desk?unit=31.74"), "desk." + list))
                .isEqualTo(whole(count(condition + " AND units:31.74")));
    }

    @Test
    void aCaseIsExplainedByItsDocumentsAndDayByDay() throws Exception {
        JsonNode one = only("tanggap-cases", "overdue:true");
        String id = one.path("case_id").asText();
        String page = page("/case?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8));
        assertThat(page)
                .contains("<b>" + one.path("charged_name").asText() + "</b>")
                .contains(one.path("target").asText())
                .contains("told of " + id + " at " + one.path("as_of").asText());
    }

    @Test
    void openAlertsStandOnTheDeskAndOnThePageOfTheirCase() throws Exception {
        JsonNode alert = only("tanggap-alerts", "open:true AND kind:OVERDUE AND target:RESOLUTION");
        String clock = ": RESOLUTION " + alert.path("threshold").asInt() + "\u00a0%";
        String path = "/case?id=" + URLEncoder.encode(alert.path("case_id").asText(), StandardCharsets.UTF_8);
        assertThat(page(path)).contains("<b class=\"bad\">Overdue" + clock + "</b>", "<td>it is so");
        assertThat(page(path + "&lang=id")).contains("Terlambat" + clock, "<td>demikian adanya");
        assertThat(page("/case?alert="
                        + URLEncoder.encode(alert.path("alert_id").asText(), StandardCharsets.UTF_8)))
                .as("where dashboards lead to")
                .contains("<b class=\"bad\">Overdue" + clock + "</b>");
        assertThat(page("/desk")).contains("#h-alerts\">Overdue: RESOLUTION ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/?unit=nobody",
                "/?only=channel:nothing",
                "/?period=MONTH:1999-01-01",
                "/desk?channel=x",
                "/desk?list=x",
                "/desk?page=0",
                "/desk?page=99999",
                "/case?id=*"
            })
    void aValueThatThereIsNotIsRefused(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("There is no such value");
    }

    @Test
    void itReadsOnlyAndAnswersAsLocalhostAlone() throws Exception {
        URI address = URI.create(board.address());
        HttpRequest post = HttpRequest.newBuilder(address)
                .POST(BodyPublishers.ofString("x"))
                .build();
        assertThat(http.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
        assertThat(get("/tanggap-cases/_search").statusCode()).isEqualTo(404);
        assertThat(get("/assets/..%2fcard.html").statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(asHost(address, "attacker.example")).startsWith("HTTP/1.1 421");
        HttpResponse<String> answer = get("/");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void whoHasThePageAlreadyIsToldSo() throws Exception {
        String tag = get("/").headers().firstValue("ETag").orElseThrow();
        HttpRequest again = HttpRequest.newBuilder(URI.create(board.address()))
                .header("If-None-Match", tag)
                .build();
        assertThat(http.send(again, BodyHandlers.ofString()).statusCode()).isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource({"/, false", "/?lang=id&unit=31.74, true", "/desk?lang=id, false", "/desk, true"})
    void inABrowserItIsQuickQuietAndForEverybody(String path, boolean dark) throws Exception {
        page(path);
        String address = board.address().substring(0, board.address().length() - 1);
        try (Browser browser = Browser.start(dark)) {
            browser.requests();
            browser.driver().get(address + path);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Boolean.TRUE.equals(
                            browser.run("return document.getElementById('live').textContent !== ''")));
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.requests()).isNotEmpty().allMatch(one -> one.startsWith(address));
            assertThat(browser.seriousFaults()).isEmpty();
            Object charts = browser.run("return [...document.querySelectorAll('.chart')].every(one =>"
                    + " one.querySelector('canvas')) && document.querySelectorAll('.chart').length");
            assertThat(charts).isEqualTo(path.startsWith("/desk") ? 0L : 4L);
            Object paper = browser.run("return getComputedStyle(document.body).backgroundColor");
            assertThat(paper).isEqualTo(dark ? "rgb(20, 23, 28)" : "rgb(255, 255, 255)");
        }
    }

    @Test
    void aCaseOpensOverTheListByKeyboard() throws Exception {
        try (Browser browser = Browser.start(false)) {
            browser.driver().get(board.address() + "desk");
            browser.run("document.querySelector('a[data-case]').focus(); document.activeElement.click()");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Boolean.TRUE.equals(browser.run("const one = document.getElementById('explanation');"
                            + " return one.open && one.textContent.includes('told of')")));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private JsonNode only(String index, String query) {
        JsonNode hits = run.queries()
                .post(
                        "/" + index + "/_search",
                        "{\"size\":1,\"query\":{\"query_string\":{\"query\":\"" + query + "\"}}}")
                .path("hits")
                .path("hits");
        assertThat(hits).as(query).isNotEmpty();
        return hits.get(0).path("_source");
    }

    private long count(String query) {
        return run.queries()
                .post("/tanggap-cases/_count", "{\"query\":{\"query_string\":{\"query\":\"" + query + "\"}}}")
                .path("count")
                .asLong();
    }

    private static String figure(String page, String name) {
        Matcher figures = FIGURE.matcher(page);
        while (figures.find()) {
            if (figures.group(1).equals(name)) {
                return figures.group(2).replace('\u00a0', ' ');
            }
        }
        throw new AssertionError("the page has no figure " + name);
    }

    private static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private String page(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> get(String path) throws Exception {
        String address = board.address();
        URI uri = URI.create(address.substring(0, address.length() - 1) + path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    /** The first line of the answer to a request that names another host, which the JDK's client does not send. */
    private static String asHost(URI address, String host) throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            OutputStream out = socket.getOutputStream();
            String request =
                    String.join("\r\n", List.of("GET / HTTP/1.1", "Host: " + host, "Connection: close", "", ""));
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readNBytes(40), StandardCharsets.US_ASCII);
        }
    }
}

package io.tanggap.app.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tanggap.app.run.Directories;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium that remembers what pages complain about and whom they ask. */
final class Browser implements AutoCloseable {
    private final Path leftovers;
    private final ChromeDriver driver;

    private Browser(Path leftovers, ChromeDriver driver) {
        this.leftovers = leftovers;
        this.driver = driver;
    }

    /** Starts it; where there is none, the test is skipped with a word on what to install. */
    static Browser start(boolean dark) throws IOException {
        Path chromium = Path.of("/usr/bin/chromium");
        Path chromedriver = Path.of("/usr/bin/chromedriver");
        assumeTrue(
                Files.isExecutable(chromium) && Files.isExecutable(chromedriver),
                "no browser to try the board in: install the packages chromium and chromium-driver");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toString());
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1280,1000");
        if (dark) {
            options.addArguments("--force-dark-mode");
        }
        // It leaves files behind. In /tmp, for its sockets may not have long names.
        Path leftovers = Files.createTempDirectory(Path.of("/tmp"), "browser");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(chromedriver.toString()))
                .usingAnyFreePort()
                .withEnvironment(Map.of("TMPDIR", leftovers.toString()))
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        if (dark) {
            driver.executeCdpCommand(
                    "Emulation.setEmulatedMedia",
                    Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        }
        return new Browser(leftovers, driver);
    }

    ChromeDriver driver() {
        return driver;
    }

    Object run(String script) {
        return driver.executeScript(script);
    }

    /** What the page has logged since the last time it was asked. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** The addresses that were asked for since the last time. */
    List<String> requests() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                .map(message -> message.replaceAll("(?s).*\"request\":\\{.*?\"url\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    /** The rules of accessibility that the page breaks gravely, with where. */
    List<?> seriousFaults() throws IOException {
        try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
            assertThat(in).isNotNull();
            driver.executeScript(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        Object faults = driver.executeAsyncScript("const done = arguments[0];"
                + "axe.run(document).then(found => done(found.violations"
                + ".filter(one => one.impact === 'serious' || one.impact === 'critical')"
                + ".map(one => one.id + ': ' + one.nodes.slice(0, 3).map(node => node.html).join(' '))),"
                + " problem => done([String(problem)]))");
        return (List<?>) faults;
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        Directories.delete(leftovers);
    }
}

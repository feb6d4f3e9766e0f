package productimporter.pages;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A real Chromium without a window, at one address.
 */
final class Browser implements AutoCloseable {

	private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

	private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final ChromeDriver driver;

	private final String base;

	private final Path downloads;

	/** Skips the test, and says so on stderr, where there is no Chromium. */
	Browser(int port) {
		if (!Files.isExecutable(CHROMIUM) || !Files.isExecutable(DRIVER)) {
			System.err.println("SKIPPED: tests in a browser, because " + CHROMIUM + " or " + DRIVER + " is not here");
			Assumptions.abort("There is no Chromium");
		}
		this.base = "http://127.0.0.1:" + port;
		this.downloads = temporaryDirectory("downloads");
		this.driver = new ChromeDriver(
				new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).usingAnyFreePort().build(),
				options());
	}

	private ChromeOptions options() {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(CHROMIUM.toString());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--window-size=1440,900", "--user-data-dir=" + temporaryDirectory("browser"));
		options.setExperimentalOption("prefs", Map.of("download.default_directory", this.downloads.toString()));
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.WARNING);
		options.setCapability("goog:loggingPrefs", logs);
		return options;
	}

	void open(String path) {
		this.driver.get(this.base + path);
	}

	/** In a tab of its own, which becomes the present one. */
	/** Opens a page of the protected mode, which asks for a name and a password first. */
	void signIn(String path, String name, String password) {
		open(path);
		find("#l-name").sendKeys(name);
		find("#l-password").sendKeys(password);
		click("form[action='/login'] button");
		waitUntil(() -> !address().startsWith("/login"));
	}

	String openInNewTab(String path) {
		this.driver.switchTo().newWindow(WindowType.TAB);
		open(path);
		return this.driver.getWindowHandle();
	}

	String tab() {
		return this.driver.getWindowHandle();
	}

	void switchTo(String tab) {
		this.driver.switchTo().window(tab);
	}

	void closeTab() {
		this.driver.close();
	}

	/** Path and query. */
	String address() {
		return this.driver.getCurrentUrl().substring(this.base.length());
	}

	void back() {
		this.driver.navigate().back();
	}

	WebElement find(String css) {
		return Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.driver.findElements(By.cssSelector(css)), (found) -> !found.isEmpty())
			.get(0);
	}

	boolean shows(String css) {
		return Boolean.TRUE.equals(script(
				"const e = document.querySelector(arguments[0]); return !!e && e.checkVisibility() && e.textContent !== ''",
				css));
	}

	/** The text of an element as it is now, empty where there is none. */
	String text(String css) {
		return String.valueOf(script(
				"return (document.querySelector(arguments[0])?.innerText ?? '').replace(/\\s+/g, ' ').trim()", css));
	}

	void waitFor(String css, String text) {
		Awaitility.await("'" + text + "' in " + css)
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(50))
			.until(() -> text(css), (shown) -> shown.contains(text));
	}

	void waitUntil(BooleanSupplier condition) {
		Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition::getAsBoolean);
	}

	/** Clicks, and again when the element was replaced meanwhile. */
	void click(String css) {
		Awaitility.await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> find(css).click());
	}

	Object script(String script, Object... arguments) {
		return this.driver.executeScript(script, arguments);
	}

	/** Runs a script before those of every page opened from now on. */
	void beforeEachPage(String script) {
		this.driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
	}

	void preferDark(boolean dark) {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
						// colours change at once
						Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
	}

	void width(int pixels) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", pixels < 600));
	}

	void choose(Path file) {
		this.driver.findElement(By.cssSelector("#upload input[type=file]")).sendKeys(file.toString());
	}

	/** Waits for a download to be complete. */
	String downloaded(String filename) throws IOException {
		Path file = this.downloads.resolve(filename);
		waitUntil(() -> Files.exists(file));
		return Files.readString(file);
	}

	/** Keeps a picture of the page, as it is now, in target/pictures. */
	void picture(String name) throws IOException {
		Path directory = Files.createDirectories(Path.of("target", "pictures"));
		Files.write(directory.resolve(name + ".png"), this.driver.getScreenshotAs(OutputType.BYTES));
	}

	/** What the console says since it was last asked; policy violations are among it. */
	List<String> complaints() {
		return this.driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::getMessage).toList();
	}

	/** Serious and critical violations of what axe checks, in words. */
	@SuppressWarnings("unchecked")
	List<String> barriers() {
		script(axe());
		return (List<String>) this.driver.executeAsyncScript("""
				const done = arguments[arguments.length - 1];
				axe.run(document, { resultTypes: ['violations'] }).then((result) => done(result.violations
					.filter((violation) => ['serious', 'critical'].includes(violation.impact))
					.map((violation) => violation.id + ': ' + violation.nodes.map((node) => node.html).join(' | '))));
				""");
	}

	/** A picture of the whole page, for people to look at. */
	void shoot(Path file) {
		try {
			Files.createDirectories(file.getParent());
			Files.write(file, this.driver.getScreenshotAs(OutputType.BYTES));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String axe() {
		try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
			return new String(script.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Path temporaryDirectory(String name) {
		try {
			return Files.createTempDirectory(Files.createDirectories(new File("target").toPath()), name)
				.toAbsolutePath();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}

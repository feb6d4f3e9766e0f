package productimporter.pages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks, on every page that a browser opens, for scripts that ran, violations of the
 * content security policy and elements that only texts of {@link #corpus()} would make.
 */
final class Watch {

	private static final String BEFORE_EACH_PAGE = """
			window.violations = [];
			document.addEventListener('securitypolicyviolation',
				(event) => window.violations.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));
			window.alert = window.confirm = window.prompt = () => { window.executed = 'dialog'; };
			""";

	private static final String FOUND = """
			const made = [...document.querySelectorAll('base, iframe, math, mglyph, main style, meta[http-equiv], '
					+ '[href*="evil.example"], [action*="evil.example"], [href^="javascript:" i], main script')]
				.concat([...document.querySelectorAll('*')].filter((element) => element.getAttributeNames()
					.some((name) => /^on|hx-on/.test(name) || (name === 'hx-vals' && /executed/.test(element.getAttribute(name))))));
			const where = location.pathname + ': ';
			return (window.violations ?? []).map((one) => where + one)
				.concat(window.executed === undefined ? [] : [where + 'executed ' + window.executed])
				.concat(document.baseURI.startsWith(location.origin) ? [] : [where + document.baseURI])
				.concat(made.map((element) => where + element.outerHTML.slice(0, 200)));
			""";

	private final Browser browser;

	private final List<String> found = new ArrayList<>();

	Watch(Browser browser) {
		this.browser = browser;
		browser.beforeEachPage(BEFORE_EACH_PAGE);
	}

	/** Opens a page, and keeps what was found on the one before. */
	void go(String path) {
		look();
		this.browser.open(path);
	}

	void look() {
		if (this.browser.script(FOUND) instanceof List<?> some) {
			some.forEach((one) -> this.found.add(one.toString()));
		}
	}

	void assertNothingFound() {
		look();
		assertThat(this.found).isEmpty();
		// where a template has run an expression
		assertThat(System.getProperty("executed")).isNull();
	}

	/** Texts that try to be more than text. */
	static List<String> corpus() throws IOException {
		return Files.readAllLines(Path.of("src/test/resources/xss/corpus.txt"), StandardCharsets.UTF_8);
	}

}

package productimporter.imports;

import org.junit.jupiter.api.condition.EnabledIf;
import productimporter.TestDatabases;
import productimporter.TestSettings;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Skipped, and said so on stderr, where the machine has no PostgreSQL 15.
 */
@EnabledIf("isThere")
class ImportingOnPostgres15Tests extends ImportingTests {

	private static final String DATABASE = TestDatabases.local15().map(TestDatabases::freshDatabase).orElse("");

	ImportingOnPostgres15Tests() {
		super(DATABASE);
	}

	static boolean isThere() {
		return TestDatabases.local15().isPresent();
	}

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry registry) {
		TestSettings.set(registry, DATABASE);
	}

}

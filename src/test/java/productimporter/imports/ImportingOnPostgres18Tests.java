package productimporter.imports;

import productimporter.TestDatabases;
import productimporter.TestSettings;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

class ImportingOnPostgres18Tests extends ImportingTests {

	private static final String DATABASE = TestDatabases.freshDatabase(TestDatabases.embedded18());

	ImportingOnPostgres18Tests() {
		super(DATABASE);
	}

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry registry) {
		TestSettings.set(registry, DATABASE);
	}

}

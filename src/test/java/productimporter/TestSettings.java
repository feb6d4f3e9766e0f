package productimporter;

import java.nio.file.Path;
import java.util.UUID;

import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * Settings of an application under test: a database and a data directory of its own.
 */
public final class TestSettings {

	private TestSettings() {
	}

	/**
	 * Sets database and data directory.
	 * @param databaseUrl a fresh database
	 */
	public static void set(DynamicPropertyRegistry registry, String databaseUrl) {
		Path directory = Path.of("target", "test-data", UUID.randomUUID().toString()).toAbsolutePath();
		registry.add("importer.database.url", () -> databaseUrl);
		registry.add("importer.data-dir", directory::toString);
		registry.add("importer.uploads.directory", () -> directory.resolve("uploads").toString());
	}

}

package productimporter.pages;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import productimporter.HeldTable;
import productimporter.ImporterClient;
import productimporter.TestDatabases;
import productimporter.TestSettings;

/**
 * Tests of pages: one application for all of them.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "importer.job.chunk-size=2000")
abstract class PagesTest {

	@LocalServerPort
	int port;

	@Autowired
	JdbcClient jdbc;

	@Value("${importer.database.url}")
	String database;

	@Value("${importer.uploads.directory}")
	Path store;

	private final Path files = Browser.temporaryDirectory("files");

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry registry) {
		TestSettings.set(registry, TestDatabases.freshDatabase(TestDatabases.embedded18()));
	}

	ImporterClient client() {
		return new ImporterClient(this.port);
	}

	/** Uploads a file and waits for the end of its run. */
	String imported(String filename, String csv) {
		String run = uploaded(filename, csv);
		client().await(run);
		return run;
	}

	String uploaded(String filename, String csv) {
		return client().parse(client().post(filename, csv.getBytes(StandardCharsets.UTF_8), Map.of()).body())
			.get("task_id")
			.asString();
	}

	/** The uploaded file of a run, in the upload store. */
	Path stored(String run) {
		String upload = this.jdbc.sql("SELECT upload_id::text FROM import_run WHERE id = ?::uuid")
			.param(run)
			.query(String.class)
			.single();
		return this.store.resolve(upload);
	}

	Path file(String filename, String content) throws Exception {
		return Files.writeString(this.files.resolve(filename), content);
	}

	/** Good rows, and so many whose price is not a number. */
	static String csv(String prefix, int good, int bad) {
		StringBuilder csv = new StringBuilder("sku,name,description,price\n");
		for (int i = 0; i < good; i++) {
			csv.append(prefix).append('-').append(i).append(",Product ").append(i).append(",About it,12.50\n");
		}
		for (int i = 0; i < bad; i++) {
			csv.append(prefix).append("-bad-").append(i).append(",Bad ").append(i).append(",About it,12.5O\n");
		}
		return csv.toString();
	}

	/** Lets jobs get as far as their next chunk, no further. */
	HeldTable heldProducts() throws SQLException {
		return HeldTable.products(this.database);
	}

	/** Makes every phase last long enough to be seen. */
	void slowDown() {
		this.jdbc.sql("""
				CREATE OR REPLACE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS
				$$ BEGIN PERFORM pg_sleep(TG_ARGV[0]::float); RETURN NEW; END $$""").update();
		this.jdbc.sql("""
				CREATE TRIGGER slowly BEFORE UPDATE ON import_run FOR EACH ROW
				WHEN (NEW.status <> OLD.status AND NEW.status IN ('validating', 'importing'))
				EXECUTE FUNCTION slowly('2')""").update();
		this.jdbc.sql("CREATE TRIGGER slowly BEFORE INSERT ON product EXECUTE FUNCTION slowly('0.1')").update();
	}

	void speedUp() {
		this.jdbc.sql("DROP TRIGGER IF EXISTS slowly ON import_run").update();
		this.jdbc.sql("DROP TRIGGER IF EXISTS slowly ON product").update();
	}

}

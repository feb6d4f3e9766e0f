package productimporter;

import java.nio.file.Files;
import java.nio.file.Path;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A newer version started on the database of an older one.
 */
class UpgradeTests {

	private static final String RUN = "0190a000-0000-7000-8000-000000000001";

	@Test
	void theDatabaseOfTheFirstReleaseKeepsItsProductsRunsAndRefusedRows() throws Exception {
		String database = TestDatabases.freshDatabase(TestDatabases.embedded18());
		Flyway.configure().dataSource(database, null, null).target("5").load().migrate();
		Catalogue catalogue = new Catalogue(database);
		catalogue.execute(Files.readString(Path.of("src/test/resources/upgrade/first-release.sql")));
		String digest = catalogue.digest();
		Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "upgrade").toAbsolutePath();
		try (ImporterProcess importer = ImporterProcess.start(data, "importer.database.url=" + database)) {
			assertThat(catalogue.digest()).isEqualTo(digest);
			assertThat(importer.client().json("/products").get("total").asInt()).isEqualTo(1000);
			JsonNode completed = importer.client().status(RUN);
			assertThat(completed.get("status").asString()).isEqualTo("completed");
			assertThat(completed.get("rows_read").asInt()).isEqualTo(1001);
			assertThat(completed.get("rejected").asInt()).isEqualTo(1);
			assertThat(importer.client().get("/ui/uploads/" + RUN).body()).contains("first.csv", "Not a number");
			assertThat(importer.client().json("/jobs").get("total").asInt()).isEqualTo(2);
			// the file of the run that waits was never stored here: it fails with words,
			// and doesn't hold the queue
			assertThat(importer.client().await("0190a000-0000-7000-8000-000000000002").get("error").asString())
				.contains("not in the upload store");
			String run = importer.client()
				.parse(importer.client()
					.post("n.csv", "sku,name\nnew-1,New\nold-1,Changed\n".getBytes(), java.util.Map.of())
					.body())
				.get("task_id")
				.asString();
			JsonNode status = importer.client().await(run);
			assertThat(status.get("created").asInt()).isEqualTo(1);
			assertThat(status.get("updated").asInt()).isEqualTo(1);
		}
	}

	@Test
	void tokensMadeByWayOfTokensBelongToTheUserBehindThem() {
		String database = TestDatabases.freshDatabase(TestDatabases.embedded18());
		Flyway.configure().dataSource(database, null, null).target("15").load().migrate();
		Catalogue catalogue = new Catalogue(database);
		catalogue.execute(
				"""
						INSERT INTO api_token (id, name, token_hash, role, created_by, created_at)
						SELECT gen_random_uuid(), name, sha256(name::bytea), 'admin', created_by, '2026-01-01'::timestamptz + day
						FROM (VALUES ('first', 'mara', '1 day'::interval), ('second', 'token:first', '2 days'),
						    ('third', 'token:second', '3 days'), ('orphan', 'token:revoked', '4 days'),
						    ('older', 'token:newer', '5 days'), ('newer', 'noor', '6 days')) AS made (name, created_by, day)""");
		Flyway.configure().dataSource(database, null, null).load().migrate();
		assertThat(catalogue
			.text("SELECT string_agg(name || ' of ' || created_by, ', ' ORDER BY created_at) FROM api_token"))
			.isEqualTo("first of mara, second of mara, third of mara, orphan of token:revoked, older of token:newer, "
					+ "newer of noor");
	}

}

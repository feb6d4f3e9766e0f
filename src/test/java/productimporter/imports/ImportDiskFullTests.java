package productimporter.imports;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import productimporter.Catalogue;
import productimporter.TestDatabases;
import productimporter.Tmpfs;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A disk that fills up during an import: the run has failed and says so, and goes on once
 * there is room.
 */
class ImportDiskFullTests {

	private static final int ROWS = 100_000;

	private final String database = TestDatabases.freshDatabase(TestDatabases.embedded18());

	private final Catalogue catalogue = new Catalogue(this.database);

	@Test
	void theDiskWithTheWorkFiles() throws Exception {
		Path data = Node.temporaryDirectory().toAbsolutePath();
		try (Tmpfs disk = Tmpfs.mount(data, 1);
				Node node = Node.in(this.database, Node.temporaryDirectory(), "importer.data-dir=" + data)) {
			UUID run = node.upload("products.csv", Node.rows(ROWS));
			assertFailed(node, run, "disk_full", "DATA_DIR");
			assertThat(this.catalogue.count("product")).isZero();
			assertThat(Files.getFileStore(data).getUsableSpace()).isPositive();
			disk.resize(16);
			assertGoesOn(node, run);
		}
	}

	@Test
	void theDiskOfTheDatabase() throws Exception {
		Path small = Node.temporaryDirectory().toAbsolutePath();
		try (Tmpfs disk = Tmpfs.mount(small, 4);
				Node node = Node.in(this.database, Node.temporaryDirectory(), "importer.job.chunk-size=2000")) {
			String tablespace = "small_" + UUID.randomUUID().toString().replace("-", "");
			this.catalogue.execute("CREATE TABLESPACE " + tablespace + " LOCATION '" + small + "'");
			try {
				this.catalogue.execute("ALTER TABLE product SET TABLESPACE " + tablespace);
				UUID run = node.upload("products.csv", Node.rows(ROWS));
				JsonNode failed = assertFailed(node, run, "database_disk_full", "database server");
				assertThat(failed.get("created").asLong()).isEqualTo(this.catalogue.count("product")).isPositive();
				disk.resize(64);
				assertGoesOn(node, run);
			}
			finally {
				this.catalogue.execute("ALTER TABLE product SET TABLESPACE pg_default");
				this.catalogue.execute("DROP TABLESPACE " + tablespace);
			}
		}
	}

	private static JsonNode assertFailed(Node node, UUID run, String code, String where) {
		JsonNode failed = node.ended(run);
		assertThat(failed.get("status").asString()).isEqualTo("failed");
		assertThat(failed.get("error_code").asString()).as(failed.toString()).isEqualTo(code);
		assertThat(failed.get("error").asString()).contains(where, "is full", "nothing was done twice");
		assertThat(failed.get("restartable").asBoolean()).isTrue();
		return failed;
	}

	private void assertGoesOn(Node node, UUID run) throws Exception {
		assertThat(node.post("/upload/retry/" + run).statusCode()).isEqualTo(202);
		JsonNode completed = node.ended(run);
		assertThat(completed.get("status").asString()).as(completed.toString()).isEqualTo("completed");
		assertThat(completed.get("created").asLong()).isEqualTo(ROWS);
		assertThat(this.catalogue.count("product")).isEqualTo(ROWS);
	}

}

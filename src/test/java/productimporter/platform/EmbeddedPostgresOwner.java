package productimporter.platform;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A program that starts the embedded server, commits something and waits to be killed.
 */
final class EmbeddedPostgresOwner {

	static final String READY = "ready";

	private EmbeddedPostgresOwner() {
	}

	public static void main(String[] args) throws Exception {
		EmbeddedPostgres server = EmbeddedPostgres.in(new DataDirectory(Path.of(args[0])));
		EmbeddedPostgresTests.execute(server, "DROP TABLE IF EXISTS kept_by_owner");
		EmbeddedPostgresTests.execute(server, "CREATE TABLE kept_by_owner AS SELECT 1 AS n");
		System.out.println(READY);
		new CountDownLatch(1).await();
	}

}

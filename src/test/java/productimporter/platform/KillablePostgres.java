package productimporter.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;

/**
 * A server that a test kills and brings back.
 */
public final class KillablePostgres implements AutoCloseable {

	private final PostgresCluster cluster;

	private final int port;

	private KillablePostgres(PostgresCluster cluster, int port) {
		this.cluster = cluster;
		this.port = port;
	}

	/** A new server. */
	public static KillablePostgres start(Path path) {
		try {
			DataDirectory directory = new DataDirectory(path);
			PostgresCluster cluster = new PostgresCluster(directory, PostgresPrograms.unpackedIn(directory));
			cluster.createIfMissing("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C");
			int port = EmbeddedPostgres.freePort();
			cluster.start(port);
			return new KillablePostgres(cluster, port);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Its JDBC URL, with user and password. */
	public String url() {
		try {
			return PostgresCluster.url(this.port, "postgres") + "&user=" + PostgresCluster.USER + "&password="
					+ URLEncoder.encode(this.cluster.password(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** SIGKILL of the postmaster; its children end by themselves. */
	public void kill() {
		try {
			ProcessHandle postmaster = PostmasterFile.of(this.cluster.data())
				.flatMap((file) -> ProcessHandle.of(file.pid()))
				.orElseThrow();
			List<ProcessHandle> children = postmaster.descendants().toList();
			postmaster.destroyForcibly();
			Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.until(() -> !postmaster.isAlive() && children.stream().noneMatch(ProcessHandle::isAlive));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Brings it back. */
	public void start() {
		Awaitility.await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> {
			OrphanedPostgres.takeOver(this.cluster);
			this.cluster.start(this.port);
			return true;
		});
	}

	@Override
	public void close() {
		try {
			this.cluster.stop(Duration.ofSeconds(20));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

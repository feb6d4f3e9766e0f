package productimporter;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ten clients who upload at the same time, each a file of the same products. Prints what
 * requests took meanwhile.
 */
class ManyUploadsTests {

	private static final int CLIENTS = 10;

	private static final int ROWS = Integer.getInteger("faults.rows", 200_000) / 4;

	private final Map<String, List<Long>> millis = new TreeMap<>();

	@TempDir
	Path directory;

	@Test
	void tenUploadsAtOnceAreAllImportedInTheirOrder() throws Exception {
		int rows = Faults.number(ROWS, 5_000);
		try (ImporterProcess importer = ImporterProcess.start(this.directory)) {
			List<String> tasks = uploadAtOnce(importer, rows);
			CompletableFuture<List<JsonNode>> all = CompletableFuture
				.supplyAsync(() -> tasks.stream().map(importer.client()::await).toList());
			while (!all.isDone()) {
				for (String path : List.of("/upload/status/" + tasks.get(0), "/", "/ui/jobs",
						"/ui/uploads/" + tasks.get(0), "/ui/products", "/products?size=50")) {
					time(importer, path);
				}
			}
			List<JsonNode> runs = all.get();
			assertThat(runs).extracting((run) -> run.get("status").asString()).containsOnly("completed");
			assertThat(runs).extracting((run) -> run.get("rows_read").asInt()).containsOnly(rows);
			assertThat(importer.catalogue()
				.count("import_run a JOIN import_run b ON a.queue_number < b.queue_number "
						+ "WHERE b.started_at < a.finished_at"))
				.isZero();
			String last = importer.catalogue()
				.text("SELECT u.filename FROM import_run r JOIN upload u ON u.id = r.upload_id "
						+ "ORDER BY r.queue_number DESC LIMIT 1");
			assertThat(importer.catalogue().count("product")).isEqualTo(rows);
			assertThat(importer.catalogue().count("product WHERE name LIKE '" + last + " %'")).isEqualTo(rows);
		}
		this.millis.forEach((path, times) -> System.out.printf("faults: ten uploads of %d rows, %s: p95 %d ms of %d%n",
				rows, path, p95(times), times.size()));
	}

	private static List<String> uploadAtOnce(ImporterProcess importer, int rows) throws Exception {
		List<byte[]> files = IntStream.range(0, CLIENTS).mapToObj((client) -> file(client, rows)).toList();
		CyclicBarrier ready = new CyclicBarrier(CLIENTS);
		ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
		try {
			List<Future<String>> uploads = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				String name = name(i);
				byte[] content = files.get(i);
				uploads.add(clients.submit(() -> {
					ready.await();
					return importer.client().upload(name, content);
				}));
			}
			List<String> tasks = new ArrayList<>();
			for (Future<String> upload : uploads) {
				tasks.add(upload.get());
			}
			return tasks;
		}
		finally {
			clients.shutdown();
		}
	}

	private static byte[] file(int client, int rows) {
		StringBuilder csv = new StringBuilder("sku,name,description,price\n");
		for (int i = 0; i < rows; i++) {
			csv.append("sku-%07d,%s %d,Something to read about product %d,%d.50\n".formatted(i, name(client), i, i,
					i % 1000));
		}
		return csv.toString().getBytes(StandardCharsets.UTF_8);
	}

	private static String name(int client) {
		return "client-" + client + ".csv";
	}

	private void time(ImporterProcess importer, String path) {
		long start = System.nanoTime();
		assertThat(importer.client().get(path).statusCode()).isEqualTo(200);
		this.millis.computeIfAbsent(path.replaceFirst("[0-9a-f-]{36}", "{task_id}"), (key) -> new ArrayList<>())
			.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
	}

	private static long p95(List<Long> times) {
		return times.stream().sorted().skip(times.size() * 95L / 100).findFirst().orElseThrow();
	}

}

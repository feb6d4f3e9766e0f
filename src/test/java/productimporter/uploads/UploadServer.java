package productimporter.uploads;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A real server that receives uploads, without a database.
 */
final class UploadServer implements AutoCloseable {

	static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");

	private final ConfigurableApplicationContext context;

	private final Path directory;

	UploadServer(Path directory, String... settings) {
		this.directory = directory;
		String[] all = Stream
			.concat(Stream.of("server.port=0", "server.address=127.0.0.1", "importer.uploads.directory=" + directory,
					"logging.level.productimporter=debug",
					// there is no database here
					"management.endpoint.health.validate-group-membership=false"), Stream.of(settings))
			.map((setting) -> "--" + setting)
			.toArray(String[]::new);
		this.context = new SpringApplicationBuilder(App.class).run(all);
	}

	int port() {
		return Integer.parseInt(this.context.getEnvironment().getRequiredProperty("local.server.port"));
	}

	URI uri() {
		return URI.create("http://127.0.0.1:" + port() + "/upload");
	}

	Uploads uploads() {
		return this.context.getBean(Uploads.class);
	}

	Path directory() {
		return this.directory;
	}

	/** The names of all files in the upload directory. */
	List<String> files() {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.map((file) -> file.getFileName().toString()).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void deleteFiles() throws IOException {
		for (String file : files()) {
			Files.delete(this.directory.resolve(file));
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

	// not found by the scan of the application's own tests
	@TestConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(excludeName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
	@ComponentScan(basePackages = "productimporter.platform", useDefaultFilters = false,
			includeFilters = @ComponentScan.Filter(type = FilterType.REGEX,
					pattern = "productimporter.platform.(ProblemResponses|WebConfiguration)"))
	@Import({ UploadConfiguration.class, UploadReceiver.class, Uploads.class })
	static class App {

		@Bean
		Clock clock() {
			return Clock.fixed(NOW, ZoneOffset.UTC);
		}

		@Bean
		UploadTable uploadTable() {
			return new UploadTable(JdbcClient.create(new NoDatabase()));
		}

		@Bean
		UploadController uploadController(Uploads uploads) {
			return new UploadController(uploads);
		}

	}

	@TestComponent
	@RestController
	static class UploadController {

		private final Uploads uploads;

		UploadController(Uploads uploads) {
			this.uploads = uploads;
		}

		@PostMapping("/upload")
		ReceivedUpload upload(HttpServletRequest request) {
			return this.uploads.receive(request);
		}

	}

	private static final class NoDatabase extends AbstractDataSource {

		@Override
		public Connection getConnection() throws SQLException {
			throw new SQLException("There is no database in this test");
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			return getConnection();
		}

	}

}

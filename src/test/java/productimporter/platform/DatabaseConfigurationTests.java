package productimporter.platform;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import productimporter.TestDatabases;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class DatabaseConfigurationTests {

	@TempDir
	private Path data;

	enum Server {

		EMBEDDED_18 {
			@Override
			String url() {
				return TestDatabases.embedded18();
			}
		},
		LOCAL_15 {
			@Override
			String url() {
				assumeThat(TestDatabases.local15()).isPresent();
				return TestDatabases.local15().orElseThrow();
			}
		};

		abstract String url();

	}

	private void run(String url, ContextConsumer<AssertableApplicationContext> test) {
		new ApplicationContextRunner().withInitializer(new ConfigDataApplicationContextInitializer())
			.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class,
					JdbcTemplateAutoConfiguration.class, JdbcClientAutoConfiguration.class,
					DataSourceTransactionManagerAutoConfiguration.class))
			.withUserConfiguration(PlatformConfiguration.class, DatabaseConfiguration.class)
			.withPropertyValues("DATA_DIR=" + this.data, "DATABASE_URL=" + url, "importer.database.start-patience=1s")
			.run(test);
	}

	@ParameterizedTest
	@EnumSource
	void appliesEveryMigration(Server server, CapturedOutput output) {
		String url = TestDatabases.freshDatabase(server.url());
		run(url, (context) -> {
			assertThat(context).hasNotFailed();
			List<String> applied = context.getBean(JdbcClient.class)
				.sql("SELECT script FROM flyway_schema_history WHERE success ORDER BY installed_rank")
				.query(String.class)
				.list();
			var migrations = new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/V*.sql");
			assertThat(migrations).isNotEmpty();
			assertThat(migrations).extracting((file) -> file.getFilename())
				.containsExactlyInAnyOrderElementsOf(applied);
			assertThat(this.data.resolve(".lock")).doesNotExist();
			assertThat(output).doesNotContain(url.substring(url.indexOf("password=") + "password=".length()));
		});
	}

	@ParameterizedTest
	@EnumSource
	void opensConnectionsThatCanNotHoldLocksForEver(Server server) {
		run(TestDatabases.freshDatabase(server.url()) + "&options=-c%20work_mem=5MB", (context) -> {
			JdbcClient client = context.getBean(JdbcClient.class);
			assertThat(show(client, "idle_in_transaction_session_timeout")).isEqualTo("8s");
			assertThat(show(client, "application_name")).isEqualTo("product-importer");
			assertThat(show(client, "work_mem")).isEqualTo("5MB");
		});
	}

	@Test
	void givesTheMainPoolToWhoAsksForADataSource() {
		run(TestDatabases.freshDatabase(TestDatabases.embedded18()), (context) -> {
			assertThat(context.getBean(DataSource.class)).isSameAs(context.getBean("dataSource"));
			assertThat(context.getBean("dataSource", HikariDataSource.class).getMaximumPoolSize()).isEqualTo(10);
			assertThat(context.getBean("schedulerDataSource", HikariDataSource.class).getMaximumPoolSize())
				.isEqualTo(3);
			assertThat(context.getBean(Clock.class).getZone()).isEqualTo(ZoneOffset.UTC);
		});
	}

	@Test
	void saysWhatIsWrongWithALoginWithoutThePassword(CapturedOutput output) {
		String url = TestDatabases.embedded18().replaceFirst("password=.*", "password=not-so-secret");
		run(url, (context) -> {
			assertThat(context.getStartupFailure()).hasRootCauseInstanceOf(StartupFailed.class)
				.rootCause()
				.hasMessageContaining("The database that DATABASE_URL names can't be used")
				.hasMessageContaining("password authentication failed");
			assertThat(output).doesNotContain("not-so-secret");
		});
	}

	@Test
	void givesUpOnAServerThatIsNotThere() throws IOException {
		run("postgres://u:s3cret@127.0.0.1:" + EmbeddedPostgres.freePort() + "/db",
				(context) -> assertThat(context.getStartupFailure()).rootCause()
					.isInstanceOf(StartupFailed.class)
					.hasMessageContaining("refused")
					.hasMessageNotContaining("s3cret"));
	}

	@Test
	void refusesAServerThatIsTooOld() {
		assertThatExceptionOfType(StartupFailed.class).isThrownBy(() -> ExternalPostgres.checkVersion(14))
			.withMessageContaining("is PostgreSQL 14, and the oldest that works is 15");
		assertThatNoException().isThrownBy(() -> ExternalPostgres.checkVersion(15));
	}

	@Test
	void recoversThePoolsWhenTheEmbeddedServerIsKilled() {
		run("", (context) -> {
			JdbcClient client = context.getBean(JdbcClient.class);
			ProcessHandle killed = context.getBean(EmbeddedPostgres.class).process();
			killed.destroyForcibly();
			await().atMost(Duration.ofSeconds(60))
				.ignoreExceptions()
				.until(() -> !context.getBean(EmbeddedPostgres.class).process().equals(killed)
						&& client.sql("SELECT count(*) FROM product").query(Long.class).single() == 0);
		});
	}

	@Test
	void stopsTheEmbeddedServerAfterThePools() {
		ProcessHandle[] process = new ProcessHandle[1];
		run("", (context) -> {
			assertThat(context).hasNotFailed();
			process[0] = context.getBean(EmbeddedPostgres.class).process();
			assertThat(process[0].isAlive()).isTrue();
		});
		assertThat(this.data.resolve("postgresql/postmaster.pid")).doesNotExist();
		assertThat(this.data.resolve("postgresql.log")).content()
			.contains("database system is shut down")
			.doesNotContain("terminating connection due to administrator command");
	}

	@Test
	void stopsTheEmbeddedServerWhenAnotherBeanFails() {
		new ApplicationContextRunner().withUserConfiguration(PlatformConfiguration.class, DatabaseConfiguration.class)
			.withPropertyValues("importer.data-dir=" + this.data)
			.withBean("failing", Failing.class)
			.run((context) -> {
				assertThat(context).hasFailed();
				assertThat(this.data.resolve("postgresql/PG_VERSION")).exists();
				assertThat(this.data.resolve("postgresql/postmaster.pid")).doesNotExist();
			});
	}

	private static String show(JdbcClient client, String setting) {
		return client.sql("SHOW " + setting).query(String.class).single();
	}

	static class Failing {

		@Autowired
		Failing(DataSource dataSource) {
			throw new IllegalStateException("as a port that is taken");
		}

	}

}

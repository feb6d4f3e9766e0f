package productimporter.platform;

import java.time.Duration;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The database server and the connection pools. The pools are made from the server's
 * bean, so Spring closes them before it.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
class DatabaseConfiguration {

	@Bean
	DatabaseServer databaseServer(DatabaseSettings settings, DataDirectory directory) {
		return settings.url().isBlank() ? EmbeddedPostgres.in(directory)
				: new ExternalPostgres(DatabaseUrl.parse(settings.url()), settings.startPatience());
	}

	@Bean
	@Primary
	HikariDataSource dataSource(DatabaseServer server, DatabaseSettings settings) {
		HikariConfig pool = pool(server.address(), settings, settings.socketTimeout());
		pool.setPoolName("main");
		pool.setMaximumPoolSize(settings.maximumPoolSize());
		pool.setConnectionTimeout(settings.poolTimeout().toMillis());
		return new HikariDataSource(pool);
	}

	// Its own, so that a heartbeat never waits for a connection behind imports and
	// requests.
	@Bean(defaultCandidate = false)
	HikariDataSource schedulerDataSource(DatabaseServer server, DatabaseSettings settings) {
		HikariConfig pool = pool(server.address(), settings, settings.schedulerSocketTimeout());
		pool.setPoolName("scheduler");
		pool.setMaximumPoolSize(settings.schedulerPoolSize());
		pool.setConnectionTimeout(5_000);
		return new HikariDataSource(pool);
	}

	// For LISTEN and NOTIFY, which want connections that nobody else is given.
	@Bean(defaultCandidate = false)
	DriverManagerDataSource directDataSource(DatabaseServer server, DatabaseSettings settings) {
		HikariConfig pool = pool(server.address(), settings, settings.schedulerSocketTimeout());
		DriverManagerDataSource direct = new DriverManagerDataSource(pool.getJdbcUrl());
		direct.setUsername(pool.getUsername());
		direct.setPassword(pool.getPassword());
		pool.addDataSourceProperty("ApplicationName", "product-importer notices");
		direct.setConnectionProperties(pool.getDataSourceProperties());
		return direct;
	}

	private static HikariConfig pool(DatabaseAddress address, DatabaseSettings settings, Duration socketTimeout) {
		DatabaseUrl.Options given = DatabaseUrl.splitOptions(address.url());
		HikariConfig pool = new HikariConfig();
		pool.setJdbcUrl(given.url());
		pool.setUsername(address.user());
		pool.setPassword(address.password());
		pool.addDataSourceProperty("ApplicationName", "product-importer");
		pool.addDataSourceProperty("reWriteBatchedInserts", "true");
		pool.addDataSourceProperty("tcpKeepAlive", "true");
		pool.addDataSourceProperty("connectTimeout", Long.toString(settings.connectTimeout().toSeconds()));
		pool.addDataSourceProperty("socketTimeout", Long.toString(socketTimeout.toSeconds()));
		// Both below the 12 s lease of a run: a frozen node, or one whose machine is
		// gone, loses its row locks before
		// another takes over and can't hold them for ever.
		String timeout = "-c idle_in_transaction_session_timeout=" + settings.idleInTransactionTimeout().toMillis()
				+ " -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3";
		pool.addDataSourceProperty("options", (given.options() != null) ? given.options() + " " + timeout : timeout);
		return pool;
	}

}

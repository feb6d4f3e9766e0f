package productimporter.platform;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the database.
 *
 * @param url {@code postgres://…} or {@code jdbc:postgresql:…}; empty: the embedded
 * server
 * @param maximumPoolSize connections for everything but the schedulers' heartbeats: one
 * for each import partition and one for its run, and the rest for requests. All nodes'
 * together must stay below the server's {@code max_connections} (100 by default)
 * @param schedulerPoolSize connections for heartbeats and polling
 * @param poolTimeout how long to wait for a connection when all are in use
 * @param startPatience how long to wait at start for a server that is not there yet
 * @param connectTimeout for opening a connection
 * @param socketTimeout after this long without an answer the connection is given up:
 * longer than the longest statement (a migration that builds an index), since it is what
 * ends a wait for a server that vanished without a word
 * @param schedulerSocketTimeout likewise for the schedulers, whose statements are short:
 * below the 12 s lease of a run
 * @param idleInTransactionTimeout a transaction in which nothing happens for so long is
 * rolled back by the server: below the 12 s lease of a run, so that a frozen node can't
 * hold row locks for ever
 */
@Validated
@ConfigurationProperties("importer.database")
record DatabaseSettings(@DefaultValue("") String url, @DefaultValue("10") @Min(4) @Max(200) int maximumPoolSize,
		@DefaultValue("3") @Min(2) @Max(10) int schedulerPoolSize,
		@DefaultValue("30s") @DurationMin(millis = 250) Duration poolTimeout,
		@DefaultValue("60s") @DurationMin(seconds = 1) Duration startPatience,
		@DefaultValue("10s") @DurationMin(seconds = 1) Duration connectTimeout,
		@DefaultValue("5m") @DurationMin(seconds = 10) Duration socketTimeout,
		@DefaultValue("10s") @DurationMin(seconds = 1) Duration schedulerSocketTimeout,
		@DefaultValue("8s") @DurationMin(seconds = 1) Duration idleInTransactionTimeout) {
}

package productimporter.jobs.productimport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import productimporter.imports.ActiveRun;
import productimporter.platform.DataDirectory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Where an attempt keeps its work files, in a directory of its own. Those of attempts that
 * died are removed after a day: until then another node that shares the directory may be
 * writing there.
 */
@Component
class WorkFiles {

	private static final Logger log = LoggerFactory.getLogger(WorkFiles.class);

	private static final Duration AGE = Duration.ofDays(1);

	private final Path directory;

	private final Clock clock;

	WorkFiles(DataDirectory directory, Clock clock) {
		this.directory = directory.resolve("tmp");
		this.clock = clock;
	}

	/** The directory of this attempt, which may not exist; earlier ones of the run are removed. */
	Path of(ActiveRun run) {
		for (int attempt = 1; attempt < run.attempt(); attempt++) {
			delete(directory(run, attempt));
		}
		return directory(run, run.attempt());
	}

	private Path directory(ActiveRun run, int attempt) {
		return this.directory.resolve(run.id() + "-" + attempt);
	}

	@EventListener(ApplicationReadyEvent.class)
	@Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.HOURS)
	void removeAbandoned() {
		Instant before = this.clock.instant().minus(AGE);
		try (DirectoryStream<Path> attempts = Files.newDirectoryStream(this.directory)) {
			for (Path attempt : attempts) {
				if (Files.getLastModifiedTime(attempt).toInstant().isBefore(before)) {
					delete(attempt);
				}
			}
		}
		catch (NoSuchFileException ex) {
			log.debug("There is nothing to remove in {}", this.directory);
		}
		catch (IOException | UncheckedIOException ex) {
			log.warn("Abandoned work files could not be removed; it is tried again in an hour", ex);
		}
	}

	private static void delete(Path attempt) {
		try {
			FileSystemUtils.deleteRecursively(attempt);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

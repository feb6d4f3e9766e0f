package productimporter.jobs.productimport;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import productimporter.platform.DataDirectory;

import static org.assertj.core.api.Assertions.assertThat;

class WorkFilesTests {

	private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

	@TempDir
	Path data;

	@Test
	void whatADeadAttemptLeftIsRemovedAfterADay() throws Exception {
		WorkFiles files = new WorkFiles(new DataDirectory(this.data), Clock.fixed(NOW, ZoneOffset.UTC));
		files.removeAbandoned();
		Path dead = attempt("dead", 86_401);
		Path young = attempt("young", 86_399);
		files.removeAbandoned();
		assertThat(dead).doesNotExist();
		assertThat(young.resolve("0")).exists();
	}

	private Path attempt(String name, long seconds) throws Exception {
		Path directory = Files.createDirectories(this.data.resolve("tmp").resolve(name));
		Files.writeString(directory.resolve("0"), "x");
		return Files.setLastModifiedTime(directory, FileTime.from(NOW.minusSeconds(seconds)));
	}

}

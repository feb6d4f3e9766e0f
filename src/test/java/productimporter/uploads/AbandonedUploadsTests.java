package productimporter.uploads;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a start removes from the upload directory, and what it leaves alone.
 */
class AbandonedUploadsTests {

	private static final Duration OLD = Duration.ofHours(25);

	private static final Duration YOUNG = Duration.ofHours(23);

	@TempDir
	Path directory;

	private final KnownUploads table = new KnownUploads();

	@Test
	void onlyOldFilesThatNothingRefersToAreRemoved() throws Exception {
		Path oldPart = file(UUID.randomUUID() + ".part", OLD);
		Path youngPart = file(UUID.randomUUID() + ".part", YOUNG);
		Path oldUnknown = file(UUID.randomUUID().toString(), OLD);
		Path youngUnknown = file(UUID.randomUUID().toString(), YOUNG);
		UUID known = UUID.randomUUID();
		this.table.known.add(known);
		Path oldKnown = file(known.toString(), OLD);
		Path oldUnpackedPart = file(UUID.randomUUID() + ".csv.part", OLD);
		Path oldScratch = file(UUID.randomUUID() + ".scratch.part", OLD);
		UUID packed = UUID.randomUUID();
		Path oldPacked = file(packed.toString(), OLD);
		Path oldUnpacked = file(packed + ".csv", OLD);
		Path oldUnpackedAlone = file(UUID.randomUUID() + ".csv", OLD);
		Path oldKnownUnpacked = file(known + ".csv", OLD);
		Path notOurs = file("notes.txt", OLD);
		Path notOurPart = file("notes.part", OLD);
		remove();
		assertThat(oldPart).doesNotExist();
		assertThat(oldUnknown).doesNotExist();
		assertThat(oldUnpackedPart).doesNotExist();
		assertThat(oldScratch).doesNotExist();
		assertThat(oldPacked).doesNotExist();
		assertThat(oldUnpacked).doesNotExist();
		assertThat(oldUnpackedAlone).doesNotExist();
		assertThat(this.directory).isDirectoryContaining(youngPart::equals)
			.isDirectoryContaining(youngUnknown::equals)
			.isDirectoryContaining(oldKnown::equals)
			.isDirectoryContaining(oldKnownUnpacked::equals)
			.isDirectoryContaining(notOurs::equals)
			.isDirectoryContaining(notOurPart::equals);
	}

	@Test
	void aDatabaseThatKnowsNoUploadAtAllRemovesNoFile() throws Exception {
		Path complete = file(UUID.randomUUID().toString(), OLD);
		Path part = file(UUID.randomUUID() + ".part", OLD);
		remove();
		assertThat(complete).exists();
		assertThat(part).doesNotExist();
	}

	private void remove() throws Exception {
		Clock clock = Clock.fixed(UploadServer.NOW, ZoneOffset.UTC);
		new AbandonedUploads(new DirectoryUploadStore(this.directory), this.table, clock).remove();
	}

	private Path file(String name, Duration age) throws Exception {
		Path file = Files.writeString(this.directory.resolve(name), "x");
		return Files.setLastModifiedTime(file, FileTime.from(UploadServer.NOW.minus(age)));
	}

	private static final class KnownUploads extends UploadTable {

		private final Set<UUID> known = new HashSet<>();

		KnownUploads() {
			super(JdbcClient.create(new DriverManagerDataSource()));
		}

		@Override
		Set<UUID> recorded(Collection<UUID> ids) {
			Set<UUID> recorded = new HashSet<>(ids);
			recorded.retainAll(this.known);
			return recorded;
		}

		@Override
		boolean isEmpty() {
			return this.known.isEmpty();
		}

	}

}

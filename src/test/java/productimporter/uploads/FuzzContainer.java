package productimporter.uploads;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.springframework.util.unit.DataSize;

import productimporter.platform.RequestRefused;

/**
 * What a fuzzer calls with any bytes: takes them for an uploaded gzip file, zip archive
 * or workbook. Whatever comes, it is unpacked or refused by name, and a refusal leaves
 * nothing behind but the upload itself.
 */
public final class FuzzContainer {

	private static final Path STORE = store();

	private static final Unpacking UNPACKING = unpacking();

	private FuzzContainer() {
	}

	public static void fuzzerTestOneInput(byte[] data) throws IOException {
		UUID id = UUID.randomUUID();
		Files.write(STORE.resolve(id.toString()), data);
		StoredUpload stored = new StoredUpload(id, "x", data.length, "0".repeat(64), Instant.EPOCH, null);
		try {
			StoredUpload unpacked = UNPACKING.unpack(new ReceivedUpload(stored, Map.of())).file();
			if (unpacked.contentBytes() > 8 << 20) {
				throw new AssertionError("more than may be");
			}
		}
		catch (RequestRefused ex) {
			if (ex.code().isBlank()) {
				throw new AssertionError("no code", ex);
			}
			try (Stream<Path> left = Files.list(STORE)) {
				if (left.anyMatch((file) -> !file.getFileName().toString().equals(id.toString()))) {
					throw new AssertionError("something is left behind", ex);
				}
			}
		}
		finally {
			try (Stream<Path> all = Files.list(STORE)) {
				for (Path file : all.toList()) {
					Files.delete(file);
				}
			}
		}
	}

	private static Unpacking unpacking() {
		try {
			return new Unpacking(new DirectoryUploadStore(STORE), new UploadSettings(STORE, DataSize.ofMegabytes(8),
					DataSize.ofBytes(0), DataSize.ofMegabytes(8), 200, 4));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Path store() {
		try {
			Path memory = Path.of("/dev/shm");
			return Files.isWritable(memory) ? Files.createTempDirectory(memory, "fuzz")
					: Files.createTempDirectory("fuzz");
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

package productimporter.uploads;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.springframework.util.unit.DataSize;

import productimporter.platform.RequestRefused;

/**
 * Unpacks the files of a directory one after the other, in a process of its own whose
 * memory a test bounds, and prints for each its name and the code of its refusal.
 */
public final class UnpackMain {

	private UnpackMain() {
	}

	public static void main(String[] arguments) throws Exception {
		Path store = Path.of(arguments[1]);
		UploadSettings settings = new UploadSettings(store, DataSize.ofGigabytes(2), DataSize.ofBytes(0),
				DataSize.ofGigabytes(4), 1032, 16);
		Unpacking unpacking = new Unpacking(new DirectoryUploadStore(store), settings);
		List<Path> files;
		try (var all = Files.list(Path.of(arguments[0]))) {
			files = all.sorted().toList();
		}
		for (Path file : files) {
			UUID id = UUID.randomUUID();
			Files.move(file, store.resolve(id.toString()));
			StoredUpload stored = new StoredUpload(id, "x", Files.size(store.resolve(id.toString())), "0".repeat(64),
					Instant.EPOCH, null);
			try {
				StoredUpload unpacked = unpacking.unpack(new ReceivedUpload(stored, Map.of())).file();
				System.out.println(file.getFileName() + " " + unpacked.contentBytes());
				Files.delete(store.resolve(id + ".csv"));
				Files.delete(store.resolve(id.toString()));
			}
			catch (RequestRefused ex) {
				System.out.println(file.getFileName() + " " + ex.code());
			}
		}
	}

}

package productimporter.uploads;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps each file in one directory under its id, and what was unpacked from it under its
 * id with {@code .csv}; both with {@code .part} behind while they are written. Nothing
 * that a sender says becomes part of a path; files of other names are left alone.
 */
class DirectoryUploadStore implements UploadStore {

	private static final String PART = ".part";

	private static final String UNPACKED = ".csv";

	private static final String SCRATCH = ".scratch";

	private static final String ID = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";

	private static final Pattern UNFINISHED = Pattern.compile(ID + "(\\.csv|\\.scratch)?\\.part");

	private static final Pattern KEPT = Pattern.compile(ID + "(\\.csv)?");

	private final Path directory;

	DirectoryUploadStore(Path directory) throws IOException {
		this.directory = Files.createDirectories(directory.toAbsolutePath().normalize());
	}

	@Override
	public Incoming create(UUID id) throws IOException {
		return new PartFile(this.directory.resolve(id + PART), path(id));
	}

	@Override
	public Incoming createUnpacked(UUID id) throws IOException {
		return new PartFile(this.directory.resolve(id + UNPACKED + PART), unpacked(id));
	}

	@Override
	public InputStream open(UUID id, long firstByte) throws IOException {
		FileChannel channel = openContent(id);
		try {
			return Channels.newInputStream(channel.position(firstByte));
		}
		catch (IOException | RuntimeException ex) {
			channel.close();
			throw ex;
		}
	}

	private FileChannel openContent(UUID id) throws IOException {
		try {
			return FileChannel.open(unpacked(id), StandardOpenOption.READ);
		}
		catch (NoSuchFileException ex) {
			return FileChannel.open(path(id), StandardOpenOption.READ);
		}
	}

	@Override
	public SeekableByteChannel openAsSent(UUID id) throws IOException {
		return FileChannel.open(path(id), StandardOpenOption.READ);
	}

	@Override
	public FileChannel createScratch(UUID id) throws IOException {
		return FileChannel.open(this.directory.resolve(id + SCRATCH + PART), StandardOpenOption.CREATE_NEW,
				StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
	}

	@Override
	public void delete(UUID id) throws IOException {
		Files.deleteIfExists(unpacked(id));
		Files.deleteIfExists(path(id));
	}

	@Override
	public long usableSpace() throws IOException {
		return Files.getFileStore(this.directory).getUsableSpace();
	}

	@Override
	public int deleteUnfinished(Instant before) throws IOException {
		int deleted = 0;
		for (Path file : olderThan(before)) {
			String name = file.getFileName().toString();
			if (UNFINISHED.matcher(name).matches() && Files.deleteIfExists(file)) {
				deleted++;
			}
		}
		return deleted;
	}

	@Override
	public List<UUID> storedBefore(Instant before) throws IOException {
		return olderThan(before).stream()
			.map((file) -> KEPT.matcher(file.getFileName().toString()))
			.filter(Matcher::matches)
			.map((name) -> UUID.fromString(name.group(1)))
			.distinct()
			.toList();
	}

	private List<Path> olderThan(Instant before) throws IOException {
		List<Path> older = new ArrayList<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.directory)) {
			for (Path file : files) {
				if (isOlder(file, before)) {
					older.add(file);
				}
			}
		}
		return older;
	}

	private static boolean isOlder(Path file, Instant before) throws IOException {
		try {
			return Files.getLastModifiedTime(file).toInstant().isBefore(before);
		}
		catch (NoSuchFileException ex) {
			return false; // another node was quicker
		}
	}

	private Path path(UUID id) {
		return this.directory.resolve(id.toString());
	}

	private Path unpacked(UUID id) {
		return this.directory.resolve(id + UNPACKED);
	}

}

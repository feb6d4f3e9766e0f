package productimporter.uploads;

import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import productimporter.platform.RequestRefused;

/**
 * Turns a container into one CSV file beside it, once, when it is received: an import
 * reads ranges of a file from any offset, again and again. In bounded memory, and never
 * more than {@link UnpackLimit} allows. Names within a container are only shown.
 */
final class Unpacking {

	private static final Logger logger = LoggerFactory.getLogger(Unpacking.class);

	private static final int LOOKED_AT = 512;

	private static final int BUFFER = 64 << 10;

	private final UploadStore store;

	private final UploadSettings settings;

	Unpacking(UploadStore store, UploadSettings settings) {
		this.store = store;
		this.settings = settings;
	}

	/**
	 * Unpacks a kept file if it is a container.
	 * @throws RequestRefused when it can't be; then the file is removed
	 */
	ReceivedUpload unpack(ReceivedUpload received) {
		StoredUpload file = received.file();
		try {
			Unpacked unpacked = unpack(file, received.fields());
			return (unpacked == null) ? received : new ReceivedUpload(file.with(unpacked), received.fields());
		}
		catch (RuntimeException | Error ex) {
			discard(file, ex);
			throw ex;
		}
	}

	private void discard(StoredUpload file, Throwable cause) {
		try {
			this.store.delete(file.id());
		}
		catch (IOException ex) {
			// it is found among the abandoned ones
			cause.addSuppressed(ex);
		}
	}

	private @Nullable Unpacked unpack(StoredUpload file, Map<String, String> fields) {
		try (SeekableByteChannel channel = this.store.openAsSent(file.id())) {
			BinaryKind kind = BinaryKind.of(Channels.newInputStream(channel).readNBytes(LOOKED_AT));
			channel.position(0);
			if (kind == BinaryKind.GZIP) {
				return guarded(Container.GZIP, () -> gunzip(file, Channels.newInputStream(channel)));
			}
			if (kind == BinaryKind.ZIP || kind == BinaryKind.EMPTY_ZIP || kind == BinaryKind.SPLIT_ZIP) {
				return unzip(file, channel, fields);
			}
			return null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Upload " + file.id() + " can't be read", ex);
		}
	}

	/**
	 * Whatever goes wrong within a container that isn't refused already is damage.
	 */
	private static <T> T guarded(Container container, Work<T> work) {
		try {
			return work.run();
		}
		catch (RequestRefused | UncheckedIOException ex) {
			throw ex;
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("A {} was refused as damaged", container.words(), ex);
			RequestRefused refused = ContainerRefusals.damaged(container);
			refused.initCause(ex);
			throw refused;
		}
	}

	private Unpacked gunzip(StoredUpload file, InputStream in) throws IOException {
		UnpackLimit limit = new UnpackLimit(this.settings, Container.GZIP, file.sizeBytes());
		InputStream bounded = new BoundedNames(new BufferedInputStream(in, BUFFER));
		try (GzipCompressorInputStream gzip = GzipCompressorInputStream.builder()
			.setInputStream(bounded)
			.setDecompressConcatenated(true)
			.setBufferSize(BUFFER)
			.get()) {
			return copy(file, Container.GZIP, null, limit, limit.counted(gzip));
		}
	}

	private Unpacked unzip(StoredUpload file, SeekableByteChannel channel, Map<String, String> fields)
			throws IOException {
		try (ZipContainer zip = guarded(Container.ZIP, () -> ZipContainer.open(channel))) {
			if (!zip.isOfficeDocument()) {
				UnpackLimit limit = new UnpackLimit(this.settings, Container.ZIP, file.sizeBytes());
				return guarded(Container.ZIP, () -> {
					ZipContainer.Member member = zip.onlyFile();
					try (InputStream content = member.open(limit)) {
						return copy(file, Container.ZIP, SentFilename.clean(member.name()), limit, content);
					}
				});
			}
			UnpackLimit limit = new UnpackLimit(this.settings, Container.XLSX, file.sizeBytes());
			return guarded(Container.XLSX, () -> writeSheet(file, zip, limit, fields));
		}
	}

	private Unpacked writeSheet(StoredUpload file, ZipContainer zip, UnpackLimit limit, Map<String, String> fields)
			throws IOException {
		Workbook workbook = Workbook.of(zip, limit);
		Container.XLSX.refuseTextOptions(fields);
		NumberFormats formats = workbook.numberFormats();
		DiskRoom disk = new DiskRoom(file.id(), this.store, this.settings);
		try (SharedStrings strings = new SharedStrings(scratch(file.id(), disk), disk);
				XmlPart sheet = workbook.sheet();
				IncomingUpload out = IncomingUpload.unpacked(file.id(), this.store, disk, limit)) {
			workbook.readStrings(strings);
			try (Writer csv = new BufferedWriter(new OutputStreamWriter(new UploadWriter(out), StandardCharsets.UTF_8),
					BUFFER)) {
				new SheetCsv(sheet, strings, formats, CsvOptions.of(fields), csv).write();
			}
			out.keep();
			return new Unpacked(Container.XLSX, SentFilename.clean(workbook.sheetName()), workbook.leftOut(),
					out.size(), out.finishSha256());
		}
	}

	private FileChannel scratch(UUID id, DiskRoom disk) {
		try {
			return this.store.createScratch(id);
		}
		catch (IOException ex) {
			throw disk.notStored(ex);
		}
	}

	/** Keeps the one file of an archive as it is. */
	private Unpacked copy(StoredUpload file, Container container, @Nullable String part, UnpackLimit limit,
			InputStream content) throws IOException {
		byte[] start = content.readNBytes(LOOKED_AT);
		refuseArchive(start, container);
		DiskRoom disk = new DiskRoom(file.id(), this.store, this.settings);
		try (IncomingUpload out = IncomingUpload.unpacked(file.id(), this.store, disk, limit)) {
			out.write(start, start.length);
			byte[] buffer = new byte[BUFFER];
			for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
				out.write(buffer, length);
			}
			out.keep();
			return new Unpacked(container, part, 0, out.size(), out.finishSha256());
		}
	}

	private static void refuseArchive(byte[] start, Container container) {
		BinaryKind kind = BinaryKind.of(start);
		if (kind != null && kind.isArchive()) {
			throw ContainerRefusals.nested(container, kind.description());
		}
		if (start.length > 262 && new String(start, 257, 5, StandardCharsets.ISO_8859_1).equals("ustar")) {
			throw ContainerRefusals.nested(container, "a tar archive");
		}
	}

	/** Work on a container. */
	private interface Work<T> {

		T run() throws IOException;

	}

}

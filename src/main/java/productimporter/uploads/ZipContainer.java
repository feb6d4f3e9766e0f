package productimporter.uploads;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipException;

import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.jspecify.annotations.Nullable;

import productimporter.platform.RequestRefused;

/**
 * A zip archive as its central directory lists it. Of the names in it none becomes a
 * path.
 */
final class ZipContainer implements Closeable {

	/** Files that systems put into archives of their own accord. */
	private static final Set<String> OF_SYSTEMS = Set.of(".ds_store", "thumbs.db", "desktop.ini");

	/** Methods that need little memory, however the archive was made. */
	private static final Set<ZipMethod> METHODS = Set.of(ZipMethod.STORED, ZipMethod.DEFLATED,
			ZipMethod.ENHANCED_DEFLATED);

	private final ZipFile zip;

	private final List<ZipArchiveEntry> files;

	private ZipContainer(ZipFile zip) {
		this.zip = zip;
		this.files = Collections.list(zip.getEntries()).stream().filter((entry) -> !entry.isDirectory()).toList();
	}

	/**
	 * Opens an archive.
	 * @param channel of all of it; closed with what is returned
	 * @throws RequestRefused when its directory is too long to be kept in memory
	 * @throws IOException when it can't be read
	 */
	static ZipContainer open(SeekableByteChannel channel) throws IOException {
		BudgetChannel budget = new BudgetChannel(channel);
		// else it reads every file's own header, which nothing here needs
		ZipFile zip = ZipFile.builder().setSeekableByteChannel(budget).setIgnoreLocalFileHeader(true).get();
		budget.lift();
		return new ZipContainer(zip);
	}

	/**
	 * Whether it is a document of Excel, LibreOffice or the like.
	 */
	boolean isOfficeDocument() {
		return find("[Content_Types].xml") != null || find("mimetype") != null;
	}

	/**
	 * A file by its name.
	 * @return {@code null} if there is none
	 */
	@Nullable Member find(String name) {
		Iterator<ZipArchiveEntry> entries = this.zip.getEntries(name).iterator();
		return entries.hasNext() ? new Member(entries.next()) : null;
	}

	/**
	 * The one file of an archive, but for directories and what systems add.
	 * @throws RequestRefused when it isn't one
	 */
	Member onlyFile() {
		List<ZipArchiveEntry> meant = this.files.stream().filter((entry) -> !isOfSystem(entry.getName())).toList();
		if (meant.isEmpty()) {
			throw ContainerRefusals.empty();
		}
		if (meant.size() > 1) {
			throw ContainerRefusals.severalFiles(meant.stream().map(ZipArchiveEntry::getName).toList());
		}
		return new Member(meant.get(0));
	}

	private static boolean isOfSystem(String path) {
		String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
		return path.startsWith("__MACOSX/") || name.startsWith("._") || OF_SYSTEMS.contains(name);
	}

	@Override
	public void close() throws IOException {
		this.zip.close();
	}

	/** A file of the archive. */
	final class Member {

		private final ZipArchiveEntry entry;

		private Member(ZipArchiveEntry entry) {
			this.entry = entry;
		}

		String name() {
			return this.entry.getName();
		}

		/**
		 * Opens its content, whose end is reached only if its checksum is right.
		 * @throws RequestRefused when it is encrypted, compressed by an unusual method,
		 * or larger than it may be
		 */
		InputStream open(UnpackLimit limit) throws IOException {
			if (this.entry.getGeneralPurposeBit().usesEncryption()
					|| ZipMethod.getMethodByCode(this.entry.getMethod()) == ZipMethod.AES_ENCRYPTED) {
				throw ContainerRefusals.encrypted(limit.container());
			}
			if (!METHODS.contains(ZipMethod.getMethodByCode(this.entry.getMethod()))) {
				throw ContainerRefusals.method(name());
			}
			InputStream content = ZipContainer.this.zip.getInputStream(this.entry);
			return new Checked(limit.counted(content), this.entry.getCrc());
		}

	}

	/** Throws at its end when the checksum isn't right. */
	private static final class Checked extends FilterInputStream {

		private final long crc;

		Checked(InputStream in, long crc) {
			super(new CheckedInputStream(in, new CRC32()));
			this.crc = crc;
		}

		@Override
		public int read() throws IOException {
			return atEnd(super.read());
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			return atEnd(super.read(bytes, offset, length));
		}

		private int atEnd(int read) throws IOException {
			if (read < 0 && ((CheckedInputStream) this.in).getChecksum().getValue() != this.crc) {
				throw new ZipException("The checksum is wrong");
			}
			return read;
		}

		@Override
		public boolean markSupported() {
			return false;
		}

	}

}

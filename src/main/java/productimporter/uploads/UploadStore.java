package productimporter.uploads;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Where uploaded files are kept, and beside a file that is a container its content,
 * unpacked. Every node of a cluster must be able to read what any of them has kept.
 */
interface UploadStore {

	/**
	 * Begins a file. Nobody else sees it before it is kept.
	 */
	Incoming create(UUID id) throws IOException;

	/**
	 * Begins the unpacked content of a kept file, which is kept and deleted with it.
	 */
	Incoming createUnpacked(UUID id) throws IOException;

	/**
	 * Opens the content of a kept file, unpacked if it was, from the given byte on, the
	 * first is 0. Beyond its end nothing is left to read.
	 * @throws NoSuchFileException when there is no such file
	 */
	InputStream open(UUID id, long firstByte) throws IOException;

	/**
	 * Opens a kept file as it was sent.
	 * @throws NoSuchFileException when there is no such file
	 */
	SeekableByteChannel openAsSent(UUID id) throws IOException;

	/**
	 * Begins a file for work on a kept file, to be written and read, that is gone when it
	 * is closed.
	 */
	FileChannel createScratch(UUID id) throws IOException;

	/**
	 * Deletes a kept file and what was unpacked from it; does nothing when it's gone.
	 */
	void delete(UUID id) throws IOException;

	/**
	 * Bytes that could still be written.
	 */
	long usableSpace() throws IOException;

	/**
	 * Deletes what was begun, never kept and not written to since then.
	 * @return how many
	 */
	int deleteUnfinished(Instant before) throws IOException;

	/**
	 * The kept files last written before then, by themselves or unpacked.
	 */
	List<UUID> storedBefore(Instant before) throws IOException;

	/**
	 * A file being written. Closing it deletes it unless it was kept.
	 */
	interface Incoming extends Closeable {

		void write(byte[] bytes, int length) throws IOException;

		/**
		 * Puts the file in its place, all at once and surviving a power cut. When that
		 * fails nothing is left.
		 */
		void keep() throws IOException;

	}

}

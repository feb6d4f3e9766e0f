package productimporter.jobs.productimport;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

import org.springframework.util.FileSystemUtils;

/**
 * Finds the records whose SKU comes again later in the file. SKUs are kept as the first
 * 128 bits of their SHA-256 in 64 files, told apart by the hash, so that a file of any size
 * needs the memory of a 64th of its SKUs, one file after the other. Two SKUs with the same
 * 128 bits are not to be expected before 2^64 SKUs.
 */
final class DuplicateSkus implements Closeable {

	private static final int BUCKETS = 64;

	private final Path directory;

	private final DataOutputStream[] buckets = new DataOutputStream[BUCKETS];

	private final MessageDigest sha256;

	/**
	 * Begin a file.
	 * @param directory for the files of this class alone; made here, with what it held
	 * removed, and removed at the end
	 */
	DuplicateSkus(Path directory) {
		this.directory = directory;
		try {
			FileSystemUtils.deleteRecursively(directory);
			Files.createDirectories(directory);
			this.sha256 = MessageDigest.getInstance("SHA-256");
			for (int i = 0; i < BUCKETS; i++) {
				this.buckets[i] = new DataOutputStream(
						new BufferedOutputStream(Files.newOutputStream(bucket(i)), 1 << 13));
			}
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No room for the SKUs of the file", ex);
		}
	}

	/**
	 * An accepted record.
	 * @param sku normalised
	 * @param record greater than the record before
	 */
	void add(String sku, int record) {
		ByteBuffer hash = ByteBuffer.wrap(this.sha256.digest(sku.getBytes(StandardCharsets.UTF_8)));
		long high = hash.getLong();
		DataOutputStream bucket = this.buckets[(int) (high & (BUCKETS - 1))];
		try {
			bucket.writeLong(high);
			bucket.writeLong(hash.getLong());
			bucket.writeInt(record);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No room for the SKUs of the file", ex);
		}
	}

	/**
	 * The records that are superseded by a later one. Call once, after the last record.
	 * @return record numbers
	 */
	BitSet superseded() {
		BitSet superseded = new BitSet();
		try {
			for (int i = 0; i < BUCKETS; i++) {
				this.buckets[i].close();
				superseded(bucket(i), superseded);
				Files.delete(bucket(i));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The SKUs of the file could not be read back", ex);
		}
		return superseded;
	}

	private static void superseded(Path bucket, BitSet superseded) throws IOException {
		long count = Files.size(bucket) / (Long.BYTES * 2 + Integer.BYTES);
		Map<Hash, Integer> last = new HashMap<>((int) (count / 0.75) + 1);
		try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(bucket)))) {
			for (long i = 0; i < count; i++) {
				Hash hash = new Hash(in.readLong(), in.readLong());
				Integer earlier = last.put(hash, in.readInt());
				if (earlier != null) {
					superseded.set(earlier);
				}
			}
		}
	}

	private Path bucket(int number) {
		return this.directory.resolve(Integer.toString(number));
	}

	@Override
	public void close() {
		for (DataOutputStream bucket : this.buckets) {
			try {
				bucket.close();
			}
			catch (IOException ex) {
				// it is thrown away
			}
		}
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record Hash(long high, long low) {
		@Override
		public int hashCode() {
			return (int) this.low;
		}
	}

}

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
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import productimporter.imports.ImportOptions.Duplicates;

import org.springframework.util.FileSystemUtils;

/**
 * Finds the records whose SKU comes more than once in the file. SKUs are kept as the first
 * 128 bits of their SHA-256 in 64 files, told apart by the hash, so that a file of any size
 * needs the memory of a 64th of its SKUs, one file after the other. Two SKUs with the same
 * 128 bits are not to be expected before 2^64 SKUs.
 */
final class DuplicateSkus implements Closeable {

	private static final int BUCKETS = 64;

	/** Of one bucket; many rows may be of few. */
	private static final int MAX_EXPECTED_SKUS = 1 << 16;

	private final Path directory;

	private final DataOutputStream[] buckets = new DataOutputStream[BUCKETS];

	private final MessageDigest sha256;

	private final Duplicates policy;

	private int records;

	private @Nullable TwinLines twins;

	/**
	 * Begin a file.
	 * @param directory for the files of this class alone; made here, with what it held
	 * removed, and removed at the end
	 * @param policy what becomes of them
	 */
	DuplicateSkus(Path directory, Duplicates policy) {
		this.policy = policy;
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
	 * @param line on which it begins
	 */
	void add(String sku, int record, long line) {
		ByteBuffer hash = ByteBuffer.wrap(this.sha256.digest(sku.getBytes(StandardCharsets.UTF_8)));
		long high = hash.getLong();
		this.records = record + 1;
		DataOutputStream bucket = this.buckets[(int) (high & (BUCKETS - 1))];
		try {
			bucket.writeLong(high);
			bucket.writeLong(hash.getLong());
			bucket.writeInt(record);
			if (this.policy == Duplicates.REFUSE) {
				bucket.writeLong(line);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No room for the SKUs of the file", ex);
		}
	}

	/**
	 * The records that are superseded by another one. Call once, after the last record.
	 * @return record numbers
	 */
	BitSet superseded() {
		BitSet superseded = new BitSet();
		try {
			TwinLines lines = new TwinLines(this.directory, (this.policy == Duplicates.REFUSE) ? this.records : 0);
			this.twins = lines;
			for (int i = 0; i < BUCKETS; i++) {
				this.buckets[i].close();
				if (this.policy == Duplicates.REFUSE) {
					findTwins(bucket(i), lines);
				}
				else {
					findSuperseded(bucket(i), superseded);
				}
				Files.delete(bucket(i));
			}
			lines.written();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The SKUs of the file could not be read back", ex);
		}
		return superseded;
	}

	/**
	 * Where they are to be refused, the records whose SKU comes more than once, each with the
	 * line of another one: the first, or of the first the second. Call after
	 * {@link #superseded()}.
	 */
	TwinLines twins() {
		return Objects.requireNonNull(this.twins);
	}

	private void findTwins(Path bucket, TwinLines lines) throws IOException {
		long count = Files.size(bucket) / (Long.BYTES * 3 + Integer.BYTES);
		Map<Hash, Place> first = new HashMap<>(capacity(count));
		try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(bucket)))) {
			for (long i = 0; i < count; i++) {
				Hash hash = new Hash(in.readLong(), in.readLong());
				Place place = new Place(in.readInt(), in.readLong());
				Place earlier = first.putIfAbsent(hash, place);
				if (earlier != null) {
					lines.add(place.record(), earlier.line());
					lines.add(earlier.record(), place.line());
				}
			}
		}
	}

	private void findSuperseded(Path bucket, BitSet superseded) throws IOException {
		long count = Files.size(bucket) / (Long.BYTES * 2 + Integer.BYTES);
		boolean firstWins = this.policy == Duplicates.FIRST;
		Map<Hash, Integer> kept = new HashMap<>(capacity(count));
		try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(bucket)))) {
			for (long i = 0; i < count; i++) {
				Hash hash = new Hash(in.readLong(), in.readLong());
				int record = in.readInt();
				Integer earlier = firstWins ? kept.putIfAbsent(hash, record) : kept.put(hash, record);
				if (earlier != null) {
					superseded.set(firstWins ? record : earlier);
				}
			}
		}
	}

	/** At first. */
	private static int capacity(long rows) {
		return (int) (Math.min(rows, MAX_EXPECTED_SKUS) / 0.75) + 1;
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
			if (this.twins != null) {
				this.twins.close();
			}
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record Place(int record, long line) {
	}

	private record Hash(long high, long low) {
		@Override
		public int hashCode() {
			return (int) this.low;
		}
	}

}

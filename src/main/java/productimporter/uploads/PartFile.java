package productimporter.uploads;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file written beside its final place and moved there when it is complete.
 */
final class PartFile implements UploadStore.Incoming {

	private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

	private final Path part;

	private final Path target;

	private final FileChannel channel;

	private boolean kept;

	PartFile(Path part, Path target) throws IOException {
		this.part = part;
		this.target = target;
		this.channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
	}

	@Override
	public void write(byte[] bytes, int length) throws IOException {
		ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
		while (buffer.hasRemaining()) {
			this.channel.write(buffer);
		}
	}

	@Override
	public void keep() throws IOException {
		this.channel.force(true);
		this.channel.close();
		Files.move(this.part, this.target, StandardCopyOption.ATOMIC_MOVE);
		try {
			forceDirectory();
		}
		catch (IOException ex) {
			Files.deleteIfExists(this.target);
			throw ex;
		}
		this.kept = true;
	}

	/**
	 * A move is safe only once the directory is. Windows can't open one, and needs it
	 * not.
	 */
	private void forceDirectory() throws IOException {
		Path directory = this.target.getParent();
		if (WINDOWS || directory == null) {
			return;
		}
		try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
			names.force(true);
		}
	}

	@Override
	public void close() throws IOException {
		if (!this.kept) {
			try {
				this.channel.close();
			}
			finally {
				Files.deleteIfExists(this.part);
			}
		}
	}

}

package productimporter;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Assumptions;

/**
 * A small disk that can be full.
 */
public final class Tmpfs implements AutoCloseable {

	private final Path directory;

	private Tmpfs(Path directory) {
		this.directory = directory;
	}

	/**
	 * Mounts a disk over an empty directory. Where that isn't allowed the test is
	 * skipped, and stderr says so.
	 */
	public static Tmpfs mount(Path directory, int megabytes) {
		boolean mounted = System.getProperty("os.name").equals("Linux")
				&& run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", directory.toString());
		if (!mounted) {
			String skipped = "SKIPPED: a full disk needs a tmpfs, which only root on Linux may mount";
			System.err.println(skipped);
			Assumptions.abort(skipped);
		}
		return new Tmpfs(directory);
	}

	public void resize(int megabytes) {
		if (!run("mount", "-o", "remount,size=" + megabytes + "m", this.directory.toString())) {
			throw new IllegalStateException("The tmpfs could not be resized");
		}
	}

	@Override
	public void close() {
		// what still has files open keeps the mount until it closes them
		run("umount", "-l", this.directory.toString());
	}

	private static boolean run(String... command) {
		try {
			return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

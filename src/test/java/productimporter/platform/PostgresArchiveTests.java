package productimporter.platform;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class PostgresArchiveTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource({ "Linux,amd64,postgres-linux-x86_64.txz", "Linux,aarch64,postgres-linux-arm_64.txz",
			"Mac OS X,aarch64,postgres-darwin-arm_64.txz", "Mac OS X,x86_64,postgres-darwin-x86_64.txz",
			"Windows 11,amd64,postgres-windows-x86_64.txz", "Windows 11,aarch64,postgres-windows-x86_64.txz" })
	void hasProgramsForCommonMachines(String os, String architecture, String name) {
		assertThat(PostgresArchive.nameFor(os, architecture)).contains(name);
		assertThat(getClass().getResource("/" + name)).isNotNull();
	}

	@ParameterizedTest
	@CsvSource({ "SunOS,amd64", "Linux,riscv64", "FreeBSD,aarch64" })
	void hasNoneForOthers(String os, String architecture) {
		assertThat(PostgresArchive.nameFor(os, architecture)).isEmpty();
	}

	@Test
	void keepsExecutableBitsAndLinks() throws IOException {
		PostgresArchive.unpack(archive("bin/program", 0755, null, "lib/a.so", 0777, "a.so.1", "lib/a.so.1", 0644, null),
				this.directory);
		assertThat(this.directory.resolve("bin/program")).isExecutable().hasContent("content");
		assertThat(Files.isExecutable(this.directory.resolve("lib/a.so.1"))).isFalse();
		assertThat(this.directory.resolve("lib/a.so")).isSymbolicLink().hasContent("content");
	}

	@Test
	void refusesEntriesThatLeaveTheDirectory() {
		Path target = this.directory.resolve("target");
		for (Object[] entry : new Object[][] { { "../out", 0644, null }, { "a/../../out", 0644, null },
				{ "link", 0777, "../out" }, { "link", 0777, "/etc/passwd" }, { "lib/link", 0777, "../../out" } }) {
			assertThatIOException().isThrownBy(() -> PostgresArchive.unpack(archive(entry), target))
				.withMessageContaining("leaves the archive");
			assertThat(this.directory.resolve("out")).doesNotExist();
		}
	}

	/** Entries as name, mode and the link's target or {@code null}. */
	private static InputStream archive(Object... entries) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new XZCompressorOutputStream(bytes))) {
			for (int i = 0; i < entries.length; i += 3) {
				String name = (String) entries[i];
				String link = (String) entries[i + 2];
				TarArchiveEntry entry = (link != null) ? new TarArchiveEntry(name, TarConstants.LF_SYMLINK)
						: new TarArchiveEntry(name, true);
				byte[] content = (link != null) ? new byte[0] : "content".getBytes(StandardCharsets.UTF_8);
				entry.setMode((Integer) entries[i + 1]);
				entry.setSize(content.length);
				if (link != null) {
					entry.setLinkName(link);
				}
				tar.putArchiveEntry(entry);
				tar.write(content);
				tar.closeArchiveEntry();
			}
		}
		return new ByteArrayInputStream(bytes.toByteArray());
	}

}

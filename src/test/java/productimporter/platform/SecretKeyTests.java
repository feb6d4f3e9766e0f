package productimporter.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SecretKeyTests {

	private static final byte[] SECRET = "a secret".getBytes(StandardCharsets.UTF_8);

	@TempDir
	Path directory;

	@Test
	void decryptsWhatItEncryptedForTheSamePurpose() {
		SecretKey key = new SecretKey("k".repeat(32));
		byte[] encrypted = key.vault("one").encrypt(SECRET);
		assertThat(new SecretKey("k".repeat(32)).vault("one").decrypt(encrypted)).isEqualTo(SECRET);
		assertThat(key.vault("one").encrypt(SECRET)).isNotEqualTo(encrypted);
		assertThatThrownBy(() -> key.vault("other").decrypt(encrypted)).isInstanceOf(SecretUnreadable.class);
		assertThatThrownBy(() -> new SecretKey("l".repeat(32)).vault("one").decrypt(encrypted))
			.isInstanceOf(SecretUnreadable.class)
			.hasMessageContaining("SECRET_KEY");
		encrypted[encrypted.length - 1] ^= 1;
		assertThatThrownBy(() -> key.vault("one").decrypt(encrypted)).isInstanceOf(SecretUnreadable.class);
		assertThatThrownBy(() -> key.vault("one").decrypt(new byte[3])).isInstanceOf(SecretUnreadable.class);
	}

	@Test
	void aShortKeyIsRefused() {
		assertThatThrownBy(() -> new SecretKey("short")).isInstanceOf(StartupFailed.class)
			.hasMessageNotContaining("short");
	}

	@Test
	void withoutSettingAKeyIsMadeOnceThatOnlyItsOwnerMayRead() throws IOException {
		DataDirectory data = new DataDirectory(this.directory);
		byte[] derived = SecretKeyFile.readOrMake(data).derive("purpose");
		assertThat(derived).hasSize(32);
		assertThat(SecretKeyFile.readOrMake(data).derive("purpose")).isEqualTo(derived);
		try (var files = Files.list(this.directory)) {
			assertThat(files).singleElement().satisfies((file) -> {
				assertThat(file.getFileName()).hasToString("secret.key");
				assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
			});
		}
	}

}

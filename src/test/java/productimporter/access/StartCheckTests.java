package productimporter.access;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.mock.env.MockEnvironment;

import productimporter.ProductImporter;
import productimporter.platform.StartupFailed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StartCheckTests {

	private static final String KEY = "0123456789012345678901234567890123456789";

	@ParameterizedTest
	@CsvSource({ "127.0.0.1,'',LOCAL", "127.1.2.3,'',LOCAL", "::1,'',LOCAL", "localhost,'',LOCAL",
			"127.0.0.1,long enough for it,PROTECTED", "0.0.0.0,'',PROTECTED", "10.1.2.3,'',PROTECTED",
			"::,'',PROTECTED", "'','',PROTECTED" })
	void theModeFollowsFromTheAddressAndThePassword(String address, String password, AccessMode mode) {
		assertThat(AccessMode.of(environment(address, password, ""))).isEqualTo(mode);
	}

	@ParameterizedTest
	@CsvSource({ "127.0.0.1,'',''", "127.0.0.1,long enough for it,''", "0.0.0.0,long enough for it," + KEY })
	void itStartsWhereItIsSafe(String address, String password, String key) {
		check(address, password, key);
	}

	@ParameterizedTest
	@CsvSource({ "0.0.0.0,''," + KEY + ",ADMIN_PASSWORD is not set", "0.0.0.0,too short," + KEY + ",fewer than 12",
			"127.0.0.1,too short,'',fewer than 12", "0.0.0.0,long enough for it,'',SECRET_KEY is not set",
			"'','','',ADMIN_PASSWORD is not set" })
	void itIsRefusedWhereItIsNot(String address, String password, String key, String why) {
		assertThatExceptionOfType(StartupFailed.class).isThrownBy(() -> check(address, password, key))
			.withMessageContaining(why)
			.satisfies((ex) -> assertThat(ex.getMessage() + ex.action()).doesNotContain("too short", "\n"));
	}

	@Test
	void theApplicationItselfIsRefusedBeforeItBeginsAnything() {
		assertThatExceptionOfType(StartupFailed.class)
			.isThrownBy(() -> new SpringApplicationBuilder(ProductImporter.class).run("--server.address=0.0.0.0",
					"--server.port=0", "--importer.data-dir=/nowhere/to/be/made"))
			.withMessageContaining("ADMIN_PASSWORD is not set");
	}

	private static void check(String address, String password, String key) {
		new StartCheck(environment(address, password, key)).postProcessBeanFactory(new DefaultListableBeanFactory());
	}

	private static MockEnvironment environment(String address, String password, String key) {
		return new MockEnvironment().withProperty("server.address", address)
			.withProperty(AccessMode.ADMIN_PASSWORD, password)
			.withProperty("importer.secret-key", key);
	}

}

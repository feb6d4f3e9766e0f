package productimporter.platform;

import java.nio.file.Path;
import java.time.Clock;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The clock, the data directory and the secret key.
 */
@Configuration(proxyBeanMethods = false)
class PlatformConfiguration {

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

	@Bean
	DataDirectory dataDirectory(@Value("${importer.data-dir:./data}") Path path) {
		return new DataDirectory(path);
	}

	@Bean
	SecretKey secretKey(@Value("${importer.secret-key:}") String key, DataDirectory directory) {
		return key.isBlank() ? SecretKeyFile.readOrMake(directory) : new SecretKey(key);
	}

}

package productimporter.imports;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ ImportSettings.class, RetentionSettings.class })
class ImportConfiguration {

	/** A query parameter is written as in JSON. */
	@Component
	static class StatusParameter implements Converter<String, RunStatus> {

		@Override
		public RunStatus convert(String code) {
			return RunStatus.of(code);
		}

	}

	/** A query parameter is written as in JSON. */
	@Component
	static class KindParameter implements Converter<String, JobKind> {

		@Override
		public JobKind convert(String code) {
			return JobKind.of(code);
		}

	}

}

package productimporter.uploads;

import java.io.IOException;

import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UploadSettings.class)
class UploadConfiguration {

	@Bean
	UploadStore uploadStore(UploadSettings settings) throws IOException {
		return new DirectoryUploadStore(settings.directory());
	}

	/**
	 * A client that asks before it sends ({@code Expect: 100-continue}, as curl does) is
	 * told to go on only once the body is read, so that a refusal costs it nothing.
	 */
	@Bean
	TomcatConnectorCustomizer askedBeforeSending() {
		return (connector) -> {
			if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol) {
				protocol.setContinueResponseTiming(ContinueResponseTiming.ON_REQUEST_BODY_READ.toString());
			}
		};
	}

}

package productimporter.access;

import java.util.List;

import org.apache.catalina.valves.RemoteIpValve;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * What holds in both modes.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessSettings.class)
class AccessConfiguration {

	@Bean
	static StartCheck startCheck(Environment environment) {
		return new StartCheck(environment);
	}

	@Bean
	AccessMode accessMode(Environment environment) {
		return AccessMode.of(environment);
	}

	@Bean
	FilterRegistrationBean<BrowserRequests> browserRequests(AccessMode mode, AccessSettings settings,
			@Value("${importer.websocket.allowed-origins:}") List<String> socketOrigins, Refusals refusals) {
		FilterRegistrationBean<BrowserRequests> filter = new FilterRegistrationBean<>(
				new BrowserRequests(mode, settings.hosts(), socketOrigins, refusals));
		// behind the one that sets the headers of every answer
		filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
		return filter;
	}

	@Bean
	FilterRegistrationBean<RequestLimits> requestLimits(AccessSettings settings,
			@Value("${server.tomcat.max-http-form-post-size}") DataSize maxForm, Refusals refusals) {
		FilterRegistrationBean<RequestLimits> filter = new FilterRegistrationBean<>(
				new RequestLimits(settings, maxForm, refusals));
		filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
		return filter;
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> slowBodies(
			@Value("${server.tomcat.threads.max:200}") int threads) {
		return (server) -> server.addEngineValves(new SlowBodies(threads));
	}

	/** What proxies say of a request is believed only of those that are named. */
	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> trustedProxies(AccessMode mode, AccessSettings settings) {
		return (server) -> {
			if (mode == AccessMode.PROTECTED && !settings.trustedProxies().isEmpty()) {
				RemoteIpValve valve = new RemoteIpValve();
				valve.setInternalProxies(String.join(",", settings.trustedProxies()));
				valve.setRemoteIpHeader("X-Forwarded-For");
				valve.setProtocolHeader("X-Forwarded-Proto");
				valve.setHostHeader("X-Forwarded-Host");
				server.addEngineValves(valve);
			}
		};
	}

}

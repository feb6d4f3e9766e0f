package productimporter.webhooks;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import productimporter.platform.StartupFailed;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhookSettings.class)
class WebhookConfiguration {

	/**
	 * Where nobody but this machine can reach the server, its webhooks may reach it too.
	 */
	@Bean
	AllowedAddresses allowedAddresses(WebhookSettings settings, @Value("${server.address:}") String serverAddress) {
		List<String> blocks = settings.allowedAddresses();
		if (blocks == null) {
			return new AllowedAddresses(isLoopback(serverAddress) ? AllowedAddresses.LOOPBACK : List.of());
		}
		try {
			return new AllowedAddresses(
					blocks.stream().map(String::strip).filter((block) -> !block.isEmpty()).toList());
		}
		catch (IllegalArgumentException ex) {
			throw new StartupFailed("importer.webhooks.allowed-addresses is not a list of CIDR blocks: " + blocks,
					"Write it such as 10.1.2.0/24,fd00:1::/32");
		}
	}

	@Bean
	Sender webhookSender(WebhookSettings settings, AllowedAddresses allowed,
			ObjectProvider<GuardedNames.NameService> names, Clock clock) {
		return new Sender(settings, allowed, names.getIfAvailable(() -> Sender::system), clock);
	}

	private static boolean isLoopback(String address) {
		try {
			return !address.isBlank() && InetAddress.getByName(address).isLoopbackAddress();
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

}

package productimporter.webhooks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where no address of ours may be called, neither a delivery nor a test connects to one.
 */
@TestPropertySource(properties = "importer.webhooks.allowed-addresses=")
class StrictAddressesTests extends WebhooksTest {

	@Test
	void neitherDeliveriesNorTestsConnectToANameThatLeadsInside() throws Exception {
		try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("::"))) {
			AtomicInteger connections = new AtomicInteger();
			Thread thread = new Thread(() -> {
				try {
					while (true) {
						socket.accept();
						connections.incrementAndGet();
					}
				}
				catch (IOException ex) {
					// closed
				}
			});
			thread.setDaemon(true);
			thread.start();
			assertThat(
					send("POST", "/webhooks", "{\"url\": \"http://127.0.0.1:%d/\", \"event_type\": \"product.created\"}"
						.formatted(socket.getLocalPort())).statusCode())
				.isEqualTo(422);
			String id = ok("POST", "/webhooks",
					Map.of("url", "http://localhost:" + socket.getLocalPort() + "/", "event_type", "product.created"))
				.get("id")
				.asString();
			JsonNode test = ok("POST", "/webhooks/test/" + id, "");
			assertThat(test.get("error").asString()).isEqualTo("address_not_allowed");
			assertThat(test.get("http_status").isNull()).isTrue();
			product("one");
			await().until(() -> get("/webhooks/" + id).get("failures_in_row").asInt() > 0);
			assertThat(get("/webhooks/" + id).get("last_error").asString()).isEqualTo("address_not_allowed");
			assertThat(connections).hasValue(0);
			assertThat(send("GET", "/ui/webhooks", "").body()).contains("Only public addresses are called");
		}
	}

}

package productimporter.webhooks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signatures as the official libraries of other languages see them.
 */
class OfficialLibrariesTests extends WebhooksTest {

	private static final String VERIFY = """
			import { Webhook } from "standardwebhooks";
			import { readFileSync } from "node:fs";
			const message = JSON.parse(readFileSync(process.argv[2], "utf8"));
			new Webhook(message.secret).verify(message.body, message.headers);
			try {
			  new Webhook(message.secret).verify(message.body + " ", message.headers);
			  process.exit(3);
			} catch (e) {
			  console.log("verified");
			}
			""";

	@Test
	void theJavaScriptLibraryVerifiesWhatWeSign() throws Exception {
		Path directory = Files.createDirectories(new File("target/standardwebhooks-js").toPath());
		if (!Files.isDirectory(directory.resolve("node_modules/standardwebhooks")) && !runs(directory, "npm", "install",
				"--silent", "--no-audit", "--no-fund", "standardwebhooks@1.1.1")) {
			System.err
				.println("SKIPPED: signatures verified by the JavaScript library, because npm can't install it here");
			Assumptions.abort("There is no standardwebhooks of npm");
		}
		Receiver receiver = receiver();
		JsonNode made = webhook(receiver, "product.created");
		String second = ok("POST", "/webhooks/" + made.get("id").asString() + "/rotate-secret", "").get("secret")
			.asString();
		product("größe-折りたたみ傘");
		await().until(() -> receiver.messages().size() == 1);
		Receiver.Message message = receiver.messages().get(0);
		Files.writeString(directory.resolve("verify.mjs"), VERIFY);
		for (String secret : new String[] { made.get("secret").asString(), second }) {
			Files.writeString(directory.resolve("message.json"),
					JSON.writeValueAsString(new Signed(secret, message.body(),
							Map.of("webhook-id", message.id(), "webhook-timestamp", message.header("Webhook-timestamp"),
									"webhook-signature", message.header("Webhook-signature")))));
			assertThat(runs(directory, "node", "verify.mjs", "message.json")).isTrue();
			assertThat(message.isSignedBy(secret)).isTrue();
		}
	}

	private static boolean runs(Path directory, String... command) throws InterruptedException {
		try {
			Process process = new ProcessBuilder(command).directory(directory.toFile())
				.redirectErrorStream(true)
				.redirectOutput(directory.resolve("output.txt").toFile())
				.start();
			return process.waitFor(90, TimeUnit.SECONDS) && process.exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private record Signed(String secret, String body, Map<String, String> headers) {
	}

}

package productimporter.notifications;

import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import productimporter.ImporterClient;
import productimporter.TestDatabases;
import productimporter.TestSettings;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Mails to a real SMTP server on loopback, which is there or not.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "importer.mail.first-retry=200ms", "importer.mail.longest-retry=500ms",
				"importer.mail.operators=ops@example.com", "importer.mail.from=importer@example.com",
				"importer.mail.attach-up-to=20000", "importer.public-url=https://importer.example.com/",
				"spring.mail.host=127.0.0.1", "spring.mail.properties.mail.smtp.timeout=1000",
				"spring.mail.properties.mail.smtp.connectiontimeout=1000" })
class MailTests {

	private static final int SMTP_PORT = freePort();

	private final GreenMail smtp = new GreenMail(new ServerSetup(SMTP_PORT, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

	@LocalServerPort
	int port;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	Mails mails;

	@Autowired
	TransactionTemplate transaction;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry registry) {
		TestSettings.set(registry, TestDatabases.freshDatabase(TestDatabases.embedded18()));
		registry.add("spring.mail.port", () -> SMTP_PORT);
	}

	@BeforeEach
	void start() {
		this.smtp.start();
	}

	@AfterEach
	void stop() {
		this.smtp.stop();
	}

	@AfterAll
	static void nothingWaits(@Autowired JdbcClient jdbc) {
		assertThat(jdbc.sql("SELECT count(*) FROM mail").query(Long.class).single()).isZero();
		await().until(() -> jdbc.sql("SELECT count(*) FROM scheduled_mail").query(Long.class).single() == 0);
	}

	@Test
	void theAddressGivenAndTheOperatorsAreToldTheCountsAndTheRefusedRows() throws Exception {
		String run = imported("übung <b>.csv",
				"sku,name,price\na-1,One,1\na-1,One again,1\na-2,Two,=1+1\na-3,<script>x</script>,y\n",
				"ann@example.com");
		List<MimeMessage> received = received(2);
		assertThat(received).extracting((message) -> message.getAllRecipients()[0].toString())
			.containsExactlyInAnyOrder("ann@example.com", "ops@example.com");
		for (MimeMessage message : received) {
			assertThat(message.getAllRecipients()).hasSize(1);
			assertThat(message.getFrom()[0].toString()).isEqualTo("importer@example.com");
			assertThat(message.getSubject()).isEqualTo("Import completed, 2 rows refused: übung <b>.csv");
			assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
			String text = part(message, "text/plain");
			assertThat(text).contains("4 rows read = 1 created + 0 updated + 0 unchanged + 1 superseded + 2 refused",
					"- line 4, price \"=1+1\": ", "https://importer.example.com/ui/uploads/" + run);
			String html = part(message, "text/html");
			assertThat(html).contains("übung &lt;b&gt;.csv", "https://importer.example.com/ui/uploads/" + run)
				.doesNotContain("<script", "style=");
			assertThat(part(message, "text/csv")).startsWith("sku,name,price,line,column,value,code,reason")
				.contains("'=1+1");
		}
	}

	@Test
	void aLargeFileOfRefusedRowsIsLinkedAndNotAttached() throws Exception {
		StringBuilder csv = new StringBuilder("sku,name,price\n");
		for (int i = 0; i < 500; i++) {
			csv.append("large-").append(i).append(",Name,x\n");
		}
		String run = imported("large.csv", csv.toString(), "");
		MimeMessage message = received(1).get(0);
		assertThat(part(message, "text/csv")).isNull();
		assertThat(part(message, "text/plain")).contains("and 490 more",
				"The refused rows: https://importer.example.com/upload/errors/" + run);
	}

	@Test
	void aMailServerThatIsDownOrHangsDelaysNothingAndGetsTheMailLater() throws Exception {
		this.smtp.stop();
		String first = imported("down.csv", "sku,name\nd-1,One\n", "");
		await().until(() -> tries() > 0);
		String second;
		try (ServerSocket hangs = new ServerSocket(SMTP_PORT)) {
			int before = tries();
			second = imported("hangs.csv", "sku,name\nd-2,Two\n", "");
			await().until(() -> tries() > before);
		}
		assertThat(this.jdbc.sql("SELECT count(*) FROM mail").query(Long.class).single()).isEqualTo(2);
		this.smtp.start();
		assertThat(received(2)).extracting((message) -> part(message, "text/plain"))
			.anyMatch((text) -> text.contains(first))
			.anyMatch((text) -> text.contains(second));
	}

	@Test
	void aMailIsWrittenWithWhatItTellsOrNotAtAll() throws Exception {
		this.transaction.executeWithoutResult((status) -> {
			this.mails.tellOperators(new Notice("Rolled back", List.of("Nothing happened."), "/"));
			status.setRollbackOnly();
		});
		this.transaction.executeWithoutResult((status) -> this.mails
			.tellOperators(new Notice("A webhook was switched off", List.of("It <did> not answer."), "/ui/webhooks")));
		MimeMessage message = received(1).get(0);
		assertThat(message.getSubject()).isEqualTo("A webhook was switched off");
		assertThat(part(message, "text/plain")).contains("It <did> not answer.",
				"https://importer.example.com/ui/webhooks");
		assertThat(part(message, "text/html")).contains("It &lt;did&gt; not answer.");
	}

	@Test
	void whatIsNotOneAddressIsRefused() {
		for (String address : List.of("ann", "ann@", "@example.com", "ann@example.com,bob@example.com",
				"ann@example.com bob@example.com", "Ann <ann@example.com>", "ann@example.com\r\nBcc: bob@example.com",
				"ann@example.com\nSubject: x", "a@b@example.com", "<ann@example.com>", "ann@[127.0.0.1]",
				"group:ann@example.com;", "ann@exämple.com", "a".repeat(250) + "@example.com", "-")) {
			var answer = client().post("notify.csv", "sku,name\nn-1,One\n".getBytes(StandardCharsets.UTF_8),
					Map.of("notify", address));
			assertThat(answer.statusCode()).as(address).isEqualTo(422);
			JsonNode problem = client().parse(answer.body());
			assertThat(problem.get("field").asString()).isEqualTo("notify");
			assertThat(problem.get("code").asString()).isEqualTo("mail_address_invalid");
		}
	}

	@Test
	void aPageShowsTheMailAboutARun() throws Exception {
		String run = imported("preview.csv", "sku,name\np-1,One\n", "");
		received(1);
		var answer = client().get("/ui/uploads/" + run + "/mail");
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
		assertThat(answer.body()).contains("Import completed", "preview.csv",
				"1 row read = 1 created + 0 updated + 0 unchanged + 0 superseded + 0 refused");
		assertThat(client().get("/ui/uploads/" + java.util.UUID.randomUUID() + "/mail").statusCode()).isEqualTo(404);
	}

	private String imported(String filename, String csv, String notify) {
		var answer = client().post(filename, csv.getBytes(StandardCharsets.UTF_8), Map.of("notify", notify));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
		String run = client().parse(answer.body()).get("task_id").asString();
		assertThat(client().await(run).get("status").asString()).isEqualTo("completed");
		return run;
	}

	private ImporterClient client() {
		return new ImporterClient(this.port);
	}

	private int tries() {
		return this.jdbc.sql("SELECT coalesce(sum(tries), 0) FROM mail").query(Integer.class).single();
	}

	private List<MimeMessage> received(int count) {
		assertThat(this.smtp.waitForIncomingEmail(Duration.ofSeconds(30).toMillis(), count)).isTrue();
		await().until(() -> this.jdbc.sql("SELECT count(*) FROM mail").query(Long.class).single() == 0);
		return Arrays.asList(this.smtp.getReceivedMessages());
	}

	/** The text of the first part of a type, {@code null} when there is none. */
	private static String part(Part part, String type) throws Exception {
		if (part.isMimeType(type)) {
			Object content = part.getContent();
			return (content instanceof String text) ? text
					: new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		if (part.getContent() instanceof Multipart parts) {
			for (int i = 0; i < parts.getCount(); i++) {
				BodyPart inner = parts.getBodyPart(i);
				String found = part(inner, type);
				if (found != null) {
					return found;
				}
			}
		}
		return null;
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (java.io.IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

}

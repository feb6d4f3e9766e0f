package productimporter.uploads;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is unpacked when it is received, and how; what is refused, and that nothing is
 * left of it. Long, since each kind of archive that lies has its test here.
 */
class ContainerTests {

	private static final String CSV = "sku,name\n007,Anvil\n";

	private static final String ROWS = "<row><c t=\"inlineStr\"><is><t>sku</t></is></c></row>";

	@TempDir
	static Path directory;

	static UploadServer server;

	@BeforeAll
	static void start() {
		server = new UploadServer(directory, "importer.uploads.max-unpacked-size=20MB");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void clear() throws Exception {
		server.deleteFiles();
	}

	@ParameterizedTest
	@MethodSource("productimporter.uploads.ContainerCase#all")
	void aContainerHasItsOutcome(ContainerCase edge) throws Exception {
		FormBody body = new FormBody();
		edge.options().forEach(body::field);
		RawClient.Answer answer = RawClient.post(server, body.file("products.csv", edge.content()).end());
		if (!edge.refusal().isEmpty()) {
			assertRefused(answer, edge.refusal());
			assertThat(answer.json().path("detail").asString()).contains(edge.says());
			return;
		}
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		JsonNode file = answer.json().path("file");
		assertThat(content(file)).isEqualTo(edge.csv());
		JsonNode unpacked = file.path("unpacked");
		assertThat(unpacked.path("part").asString()).isEqualTo(edge.part());
		assertThat(unpacked.path("left_out").asInt()).isEqualTo(edge.leftOut());
	}

	@Test
	void theChecksumOfWhatWasSentStaysAndBothFilesAreStored() throws Exception {
		byte[] sent = ContainerFiles.gzip(CSV);
		JsonNode file = accepted(sent);
		UUID id = UUID.fromString(file.path("id").asString());
		assertThat(file.path("size_bytes").asLong()).isEqualTo(sent.length);
		assertThat(file.path("sha256").asString()).isEqualTo(sha256(sent));
		assertThat(file.path("unpacked").path("container").asString()).isEqualToIgnoringCase("gzip");
		assertThat(file.path("unpacked").path("size_bytes").asLong()).isEqualTo(CSV.length());
		assertThat(file.path("unpacked").path("sha256").asString())
			.isEqualTo(sha256(CSV.getBytes(StandardCharsets.UTF_8)));
		assertThat(server.files()).containsExactlyInAnyOrder(id.toString(), id + ".csv");
		assertThat(Files.readAllBytes(directory.resolve(id.toString()))).isEqualTo(sent);
		server.uploads().discard(id);
		assertThat(server.files()).isEmpty();
	}

	@Test
	void anImportReadsWhatWasUnpackedFromAnyOffsetAndARestartChecksBothFiles() throws Exception {
		byte[] sent = ContainerFiles.zip("products.csv", CSV);
		JsonNode file = accepted(sent);
		UUID id = UUID.fromString(file.path("id").asString());
		JsonNode unpacked = file.path("unpacked");
		StoredUpload stored = new StoredUpload(id, "p.zip", sent.length, sha256(sent), UploadServer.NOW,
				new Unpacked(Container.ZIP, "products.csv", 0, unpacked.path("size_bytes").asLong(),
						unpacked.path("sha256").asString()));
		try (var in = server.uploads().open(id, 9)) {
			assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("007,Anvil\n");
		}
		server.uploads().verify(stored);
		Files.writeString(directory.resolve(id + ".csv"), "sku,name\n008,Anvil\n");
		assertThatExceptionOfType(UploadAltered.class).isThrownBy(() -> server.uploads().verify(stored));
		Files.delete(directory.resolve(id + ".csv"));
		assertThatExceptionOfType(UploadAltered.class).isThrownBy(() -> server.uploads().verify(stored));
		Files.writeString(directory.resolve(id + ".csv"), CSV);
		Files.delete(directory.resolve(id.toString()));
		assertThatExceptionOfType(UploadVanished.class).isThrownBy(() -> server.uploads().verify(stored));
	}

	@Test
	void aGzipFileOfSeveralMembersIsReadToItsEnd() throws Exception {
		ByteArrayOutputStream both = new ByteArrayOutputStream();
		both.writeBytes(ContainerFiles.gzip("sku,name\n"));
		both.writeBytes(ContainerFiles.gzip("a,A\n"));
		assertThat(content(accepted(both.toByteArray()))).isEqualTo("sku,name\na,A\n");
		both.write(7);
		clear();
		assertRefused(both.toByteArray(), "container_damaged");
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "zip", "xlsx" })
	void aContainerCutAnywhereOrWithAByteChangedIsNeverTakenForAWholeOne(String kind) throws Exception {
		byte[] whole = switch (kind) {
			case "gzip" -> ContainerFiles.gzip(CSV.repeat(20));
			case "zip" -> ContainerFiles.zip("a.csv", CSV.repeat(20));
			default -> ContainerFiles.workbook(ContainerFiles.parts(ROWS.repeat(20)));
		};
		String content = content(accepted(whole));
		clear();
		for (int length = 8; length < whole.length; length += Math.max(1, whole.length / 40)) {
			assertRefused(Arrays.copyOf(whole, length), "container_damaged");
			byte[] changed = whole.clone();
			changed[length] ^= 0x10;
			RawClient.Answer answer = post(changed);
			if (answer.status() == 200) {
				// a time or the like, which is no content
				assertThat(content(answer.json().path("file"))).isEqualTo(content);
			}
			else {
				assertThat(answer.status()).as(answer.body()).isEqualTo(422);
				assertThat(answer.code()).startsWith("container_");
			}
			clear();
		}
	}

	@Test
	void whatUnpacksToTooMuchIsRefusedAndLeavesNothing() throws Exception {
		String zeros = "0".repeat(30 << 20);
		assertRefused(ContainerFiles.gzip(zeros), "container_ratio");
		assertRefused(ContainerFiles.zip("a.csv", zeros), "container_ratio");
		Map<String, String> parts = ContainerFiles.parts("<row><c><v>1</v></c></row>" + "<x></x>".repeat(5 << 20));
		assertRefused(ContainerFiles.workbook(parts), "container_ratio");
		Map<String, byte[]> large = new LinkedHashMap<>();
		byte[] noise = new byte[21 << 20];
		new java.util.Random(1).nextBytes(noise);
		large.put("a.csv", noise);
		assertRefused(ContainerFiles.zip(large), "container_too_large");
	}

	@Test
	void aTextThatManyCellsShareCountsAsOftenAsItIsWritten() throws Exception {
		Map<String, String> parts = ContainerFiles.parts("<row><c t=\"s\"><v>0</v></c></row>".repeat(2_000));
		parts.put("xl/sharedStrings.xml", "<sst><si><t>" + "x".repeat(30_000) + "</t></si></sst>");
		assertRefused(ContainerFiles.workbook(parts), "container_ratio");
	}

	@Test
	void anArchiveWithAPasswordIsRefused() throws Exception {
		byte[] zip = ContainerFiles.zip("a.csv", CSV);
		// the flag in the file's own header and in the directory
		zip[6] |= 1;
		zip[indexOf(zip, "PK\1\2") + 8] |= 1;
		assertRefused(zip, "container_encrypted");
	}

	@Test
	void aMethodThatNeedsMuchMemoryIsRefused() throws Exception {
		byte[] zip = ContainerFiles.zip("a.csv", CSV);
		zip[8] = 95;
		zip[indexOf(zip, "PK\1\2") + 10] = 95;
		assertRefused(zip, "container_unsupported");
	}

	@Test
	void aChecksumThatIsWrongIsRefused() throws Exception {
		byte[] zip = ContainerFiles.zip("a.csv", CSV);
		zip[indexOf(zip, "PK\1\2") + 16] ^= 1;
		assertRefused(zip, "container_damaged");
	}

	@Test
	void archivesWithinArchivesAreRefused() throws Exception {
		byte[] inner = ContainerFiles.zip("a.csv", CSV);
		assertRefused(ContainerFiles.zip(Map.of("a.zip", inner)), "container_nested");
		assertRefused(ContainerFiles.zip(Map.of("a.csv.gz", ContainerFiles.gzip(CSV))), "container_nested");
		byte[] gzip = ContainerFiles.written((out) -> {
			try (var zip = new java.util.zip.GZIPOutputStream(out)) {
				zip.write(inner);
			}
		});
		assertRefused(gzip, "container_nested");
		String tar = "a.csv" + "\0".repeat(252) + "ustar" + "\0".repeat(250) + CSV;
		assertRefused(ContainerFiles.gzip(tar), "container_nested");
	}

	@Test
	void manyFilesAreRefusedByName() throws Exception {
		Map<String, byte[]> members = new LinkedHashMap<>();
		for (int i = 1; i <= 7; i++) {
			members.put("../../evil\u202E" + i + ".csv", new byte[0]);
		}
		RawClient.Answer answer = post(ContainerFiles.zip(members));
		assertRefused(answer, "container_several_files");
		assertThat(answer.json().path("detail").asString())
			.contains("7 files (evil1.csv, evil2.csv, evil3.csv, evil4.csv, evil5.csv, …)");
	}

	@Test
	void aNameInAnArchiveLeadsNowhereAndIsSafeToShow() throws Exception {
		for (String name : List.of("../../etc/passwd", "/etc/passwd", "C:\\etc\\passwd", "a\0/passwd",
				"x/".repeat(30_000) + "passwd")) {
			JsonNode file = accepted(ContainerFiles.zip(name, CSV));
			assertThat(file.path("unpacked").path("part").asString()).isEqualTo("passwd");
			assertThat(content(file)).isEqualTo(CSV);
		}
		assertThat(server.files()).hasSize(10)
			.allSatisfy((name) -> assertThat(UUID.fromString(name.replace(".csv", ""))).isNotNull());
	}

	@Test
	void storedMembersAreReadToo() throws Exception {
		byte[] content = CSV.getBytes(StandardCharsets.UTF_8);
		byte[] zip = ContainerFiles.written((out) -> {
			try (var stored = new java.util.zip.ZipOutputStream(out)) {
				var entry = new java.util.zip.ZipEntry("a.csv");
				CRC32 crc = new CRC32();
				crc.update(content);
				entry.setMethod(java.util.zip.ZipEntry.STORED);
				entry.setSize(content.length);
				entry.setCrc(crc.getValue());
				stored.putNextEntry(entry);
				stored.write(content);
			}
		});
		assertThat(content(accepted(zip))).isEqualTo(CSV);
	}

	@Test
	void entitiesAndOtherFilesAreNotRead() throws Exception {
		for (String doctype : List.of("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
				"<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY e \"&a;&a;&a;\">]>",
				"<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\">")) {
			Map<String, String> parts = ContainerFiles.parts("");
			parts.put("xl/worksheets/sheet1.xml",
					doctype + ContainerFiles.sheet("<row><c t=\"inlineStr\"><is><t>&e;</t></is></c></row>"));
			assertRefused(ContainerFiles.workbook(parts), "container_damaged");
		}
	}

	private static RawClient.Answer post(byte[] content) throws Exception {
		return RawClient.post(server, new FormBody().file("products.csv", content).end());
	}

	private static JsonNode accepted(byte[] content) throws Exception {
		RawClient.Answer answer = post(content);
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		return answer.json().path("file");
	}

	private static void assertRefused(byte[] content, String code) throws Exception {
		assertRefused(post(content), code);
	}

	private static void assertRefused(RawClient.Answer answer, String code) throws Exception {
		assertThat(answer.status()).as(answer.body()).isEqualTo(422);
		assertThat(answer.code()).isEqualTo(code);
		assertThat(server.files()).isEmpty();
	}

	private static String content(JsonNode file) throws Exception {
		return Files.readString(directory.resolve(file.path("id").asString() + ".csv"));
	}

	private static String sha256(byte[] content) throws Exception {
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
	}

	private static int indexOf(byte[] bytes, String text) {
		return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
	}

}

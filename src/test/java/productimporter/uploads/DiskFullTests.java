package productimporter.uploads;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import productimporter.Tmpfs;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A disk that is full before and while a file is written.
 */
class DiskFullTests {

	@TempDir
	Path directory;

	@Test
	void anUploadThatWouldLeaveTooLittleSpaceIsRefusedUnread() throws Exception {
		try (UploadServer server = new UploadServer(this.directory, "importer.uploads.keep-free=1000TB");
				RawClient client = new RawClient(server)) {
			client.multipartHead("Content-Length: 1000");
			RawClient.Answer answer = client.answer();
			assertThat(answer.status()).isEqualTo(507);
			assertThat(answer.code()).isEqualTo("disk_full");
			assertThat(server.files()).isEmpty();
		}
	}

	@Test
	void aDiskThatFillsUpWhileTheFileIsWritten() throws Exception {
		try (Tmpfs disk = Tmpfs.mount(this.directory, 4);
				UploadServer server = new UploadServer(this.directory, "importer.uploads.keep-free=0B");
				RawClient client = new RawClient(server)) {
			client.multipartHead("Transfer-Encoding: chunked");
			client.chunk(FormBody.open(""));
			for (int i = 0; i < 80; i++) {
				client.chunk(new byte[64 << 10]);
			}
			RawClient.Answer answer = client.answer();
			assertThat(answer.status()).isEqualTo(507);
			assertThat(answer.code()).isEqualTo("disk_full");
			assertThat(server.files()).isEmpty();
			assertThat(Files.getFileStore(this.directory).getUsableSpace()).isEqualTo(4 << 20);
			assertThat(RawClient.post(server, FormBody.ofFile("fits")).status()).isEqualTo(200);
		}
	}

	@Test
	void aDiskThatFillsUpWhileAContainerIsUnpacked() throws Exception {
		byte[] gzip = ContainerFiles.gzip("sku,name\n" + "a,A\n".repeat(2 << 20));
		Map<String, String> parts = ContainerFiles.parts("<row><c t=\"s\"><v>0</v></c></row>");
		parts.put("xl/sharedStrings.xml",
				"<sst>" + "<si><t>%s</t></si>".formatted("x".repeat(999)).repeat(8_000) + "</sst>");
		try (Tmpfs disk = Tmpfs.mount(this.directory, 4);
				UploadServer server = new UploadServer(this.directory, "importer.uploads.keep-free=0B")) {
			for (byte[] content : List.of(gzip, ContainerFiles.workbook(parts))) {
				RawClient.Answer answer = RawClient.post(server, new FormBody().file("products", content).end());
				assertThat(answer.status()).as(answer.body()).isEqualTo(507);
				assertThat(answer.code()).isEqualTo("disk_full");
				assertThat(server.files()).isEmpty();
				assertThat(Files.getFileStore(this.directory).getUsableSpace()).isEqualTo(4 << 20);
			}
		}
	}

}

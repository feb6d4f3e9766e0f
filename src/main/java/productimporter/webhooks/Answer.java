package productimporter.webhooks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Takes an answer: its status, its Retry-After and the first 2 KB of its body. After 64
 * KB of body nothing more is read, and the connection is given up.
 */
final class Answer implements AsyncResponseConsumer<Answer> {

	static final int READ = 64 * 1024;

	static final int KEPT = 2 * 1024;

	private final ByteArrayOutputStream body = new ByteArrayOutputStream();

	private volatile int status;

	private volatile @Nullable String retryAfter;

	private volatile boolean cut;

	private volatile boolean abandoned;

	private int read;

	private @Nullable FutureCallback<Answer> callback;

	int status() {
		return this.status;
	}

	@Nullable String retryAfter() {
		return this.retryAfter;
	}

	/** Whether there was more than we read; the answer counts nevertheless. */
	boolean isCut() {
		return this.cut;
	}

	/** The call is over; whatever comes yet ends the connection. */
	void abandon() {
		this.abandoned = true;
	}

	/** As text that PostgreSQL stores. */
	String body() {
		synchronized (this.body) {
			return this.body.toString(StandardCharsets.UTF_8).replace('\0', '\uFFFD');
		}
	}

	@Override
	public void consumeResponse(HttpResponse response, @Nullable EntityDetails entity, HttpContext context,
			FutureCallback<Answer> result) {
		this.status = response.getCode();
		Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
		this.retryAfter = (header != null) ? header.getValue() : null;
		this.callback = result;
		if (entity == null) {
			result.completed(this);
		}
	}

	@Override
	public void informationResponse(HttpResponse response, HttpContext context) {
	}

	@Override
	public void updateCapacity(CapacityChannel channel) throws IOException {
		channel.update(Integer.MAX_VALUE);
	}

	@Override
	public void consume(ByteBuffer source) throws IOException {
		if (this.abandoned) {
			throw new IOException("The call has ended");
		}
		this.read += source.remaining();
		synchronized (this.body) {
			byte[] kept = new byte[Math.min(source.remaining(), KEPT - this.body.size())];
			source.get(kept);
			this.body.writeBytes(kept);
		}
		source.position(source.limit());
		if (this.read > READ) {
			this.cut = true;
			throw new IOException("Enough was read");
		}
	}

	@Override
	public void streamEnd(@Nullable List<? extends Header> trailers) {
		if (this.callback != null) {
			this.callback.completed(this);
		}
	}

	@Override
	public void failed(Exception cause) {
	}

	@Override
	public void releaseResources() {
	}

}

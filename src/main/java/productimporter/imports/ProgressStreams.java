package productimporter.imports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

import jakarta.servlet.http.HttpServletRequest;
import productimporter.platform.RequestRefused;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The open server-sent event streams of this node.
 */
@Component
class ProgressStreams implements ProgressChannel {

	private final Set<ProgressStream> streams = ConcurrentHashMap.newKeySet();

	private final RunChanges changes;

	private final JsonMapper json;

	private final Semaphore places;

	private volatile boolean closing;

	ProgressStreams(RunChanges changes, JsonMapper json, ImportSettings settings) {
		this.changes = changes;
		this.json = json;
		this.places = new Semaphore(settings.maxStreams());
	}

	/**
	 * Answers the request with a stream that goes on after the request's thread has
	 * returned. Headers must be set before.
	 * @throws RequestRefused when there are too many streams already
	 */
	void open(UUID run, HttpServletRequest request) throws IOException {
		if (this.closing || !this.places.tryAcquire()) {
			throw new RequestRefused(HttpStatus.SERVICE_UNAVAILABLE, "streams_exhausted",
					"Too many are watching already. Try again later, or ask /upload/status/" + run + ".", null,
					Duration.ofSeconds(10));
		}
		ProgressStream stream = new ProgressStream(run, request.startAsync(), this::closed);
		this.streams.add(stream);
		stream.open();
		this.changes.show(run, (status) -> stream.offer(status, event(status)));
		if (this.closing) {
			stream.end();
		}
	}

	private void closed(ProgressStream stream) {
		if (this.streams.remove(stream)) {
			this.places.release();
		}
	}

	@Override
	public boolean wants(UUID run) {
		return this.streams.stream().anyMatch((stream) -> stream.run().equals(run));
	}

	@Override
	public void send(ImportStatus status) {
		byte[] event = null;
		for (ProgressStream stream : this.streams) {
			if (stream.run().equals(status.taskId())) {
				event = (event != null) ? event : event(status);
				stream.offer(status, event);
			}
		}
	}

	private byte[] event(ImportStatus status) {
		String id = status.status().ended() ? "id: " + lastEventId(status) + "\n" : "";
		return ("event: progress\n" + id + "data: " + this.json.writeValueAsString(status) + "\n\n")
			.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * The id of a run's last event. A browser that connects again by itself sends it
	 * back.
	 */
	static String lastEventId(ImportStatus status) {
		return status.status().code() + "-" + status.finishedAt();
	}

	@Scheduled(fixedRateString = "${importer.imports.stream-heartbeat:15s}")
	void heartbeat() {
		this.streams.forEach(ProgressStream::heartbeat);
	}

	/** A graceful shutdown would wait for them. */
	@EventListener(ContextClosedEvent.class)
	void end() {
		this.closing = true;
		this.streams.forEach(ProgressStream::end);
	}

}

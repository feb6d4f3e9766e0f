package productimporter.imports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Consumer;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import org.jspecify.annotations.Nullable;

/**
 * An open answer that follows one run by server-sent events. Sending never blocks (the
 * servlet's non-blocking output): a client who reads slowly gets the newest state, and
 * the ones between are left out.
 */
final class ProgressStream implements WriteListener, AsyncListener {

	private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

	private final UUID run;

	private final AsyncContext context;

	private final ServletOutputStream out;

	private final Consumer<ProgressStream> closed;

	private byte @Nullable [] waiting;

	private @Nullable ImportStatus last;

	private boolean writable;

	private boolean unflushed;

	/** Nothing more is taken; what waits is still sent. */
	private boolean ending;

	private boolean over;

	private boolean quiet;

	ProgressStream(UUID run, AsyncContext context, Consumer<ProgressStream> closed) throws IOException {
		this.run = run;
		this.context = context;
		this.out = context.getResponse().getOutputStream();
		this.closed = closed;
	}

	UUID run() {
		return this.run;
	}

	/** Begins to send, when the request's thread has returned. */
	void open() {
		this.context.setTimeout(0);
		this.context.addListener(this);
		this.out.setWriteListener(this);
	}

	/** A new state; after the last one of a run the stream ends. */
	synchronized void offer(ImportStatus status, byte[] event) {
		if (this.ending || status.equals(this.last)) {
			return;
		}
		this.last = status;
		this.waiting = event;
		this.ending = status.status().ended();
		proceed();
	}

	/**
	 * To be called again and again: keeps proxies from closing it, finds dead clients.
	 */
	synchronized void heartbeat() {
		if (this.quiet && this.waiting == null && !this.ending) {
			this.waiting = HEARTBEAT;
			proceed();
		}
		this.quiet = true;
	}

	synchronized void end() {
		this.ending = true;
		proceed();
	}

	@Override
	public synchronized void onWritePossible() {
		this.writable = true;
		proceed();
	}

	private void proceed() {
		try {
			while (this.writable && !this.over && this.out.isReady()) {
				byte[] next = this.waiting;
				if (next != null) {
					this.waiting = null;
					this.out.write(next);
					this.unflushed = true;
					this.quiet = false;
				}
				else if (this.unflushed) {
					this.unflushed = false;
					this.out.flush();
				}
				else {
					if (this.ending) {
						over(true);
					}
					return;
				}
			}
		}
		catch (IOException | RuntimeException ex) {
			over(true);
		}
	}

	private void over(boolean complete) {
		if (!this.over) {
			this.over = true;
			this.ending = true;
			this.closed.accept(this);
			if (complete) {
				try {
					this.context.complete();
				}
				catch (IllegalStateException alreadyCompleted) {
					// the container was first
				}
			}
		}
	}

	@Override
	public synchronized void onError(Throwable cause) {
		over(true);
	}

	@Override
	public synchronized void onError(AsyncEvent event) {
		over(true);
	}

	@Override
	public synchronized void onTimeout(AsyncEvent event) {
		over(true);
	}

	@Override
	public synchronized void onComplete(AsyncEvent event) {
		over(false);
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
		// only once
	}

}

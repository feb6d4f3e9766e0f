package productimporter.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells the other nodes something with PostgreSQL's NOTIFY, and hears them with LISTEN,
 * each on a connection of its own outside the pools. What is sent here is not heard here.
 * A connection that is lost is opened anew.
 */
@Component
class DatabaseNotices implements Notices, SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(DatabaseNotices.class);

	// how long a connection that has silently died stays unnoticed
	private static final int CHECK_MILLIS = 10_000;

	private static final int RECONNECT_MILLIS = 1_000;

	private final DataSource connections;

	private final List<NoticeListener> listeners;

	private final Object sending = new Object();

	private @Nullable Connection sender;

	private volatile int senderProcess;

	private volatile @Nullable Connection ear;

	private volatile boolean hearing = true;

	private volatile CountDownLatch stopped = new CountDownLatch(0);

	DatabaseNotices(@Qualifier("directDataSource") DataSource connections, List<NoticeListener> listeners) {
		this.connections = connections;
		this.listeners = listeners;
	}

	@Override
	public void send(String channel, String payload) throws SQLException {
		synchronized (this.sending) {
			try {
				notify(channel, payload);
			}
			catch (SQLException ex) {
				close(this.sender);
				this.sender = null;
				throw ex;
			}
		}
	}

	private void notify(String channel, String payload) throws SQLException {
		Connection connection = this.sender;
		if (connection == null) {
			connection = this.connections.getConnection();
			this.sender = connection;
			this.senderProcess = connection.unwrap(PGConnection.class).getBackendPID();
		}
		try (PreparedStatement statement = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
			statement.setString(1, channel);
			statement.setString(2, payload);
			statement.execute();
		}
	}

	private void listen(CountDownLatch end) {
		boolean goOn = true;
		while (goOn) {
			try (Connection connection = this.connections.getConnection()) {
				this.ear = connection;
				listen(connection, end);
			}
			catch (SQLException | RuntimeException ex) {
				if (end.getCount() > 0 && this.hearing) {
					log.warn("Notices of other nodes can't be heard, which will be tried again: {}", ex.getMessage());
				}
				this.hearing = false;
			}
			goOn = !isOver(end, RECONNECT_MILLIS);
		}
	}

	private void listen(Connection connection, CountDownLatch end) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			for (NoticeListener listener : this.listeners) {
				statement.execute("LISTEN " + listener.channel());
			}
			this.listeners.forEach(NoticeListener::connected);
			if (!this.hearing) {
				log.info("Notices of other nodes are heard again");
				this.hearing = true;
			}
			while (!isOver(end, 0)) {
				PGNotification[] notices = connection.unwrap(PGConnection.class).getNotifications(CHECK_MILLIS);
				if (notices == null || notices.length == 0) {
					statement.execute("SELECT 1");
				}
				else {
					for (PGNotification notice : notices) {
						hear(notice);
					}
				}
			}
		}
	}

	private void hear(PGNotification notice) {
		if (notice.getPID() == this.senderProcess) {
			return;
		}
		for (NoticeListener listener : this.listeners) {
			if (listener.channel().equals(notice.getName())) {
				listener.received(notice.getParameter());
			}
		}
	}

	private static boolean isOver(CountDownLatch end, int millis) {
		try {
			return end.await(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			return true;
		}
	}

	private static void close(@Nullable Connection connection) {
		try {
			if (connection != null) {
				// not close(), which may wait for the thread that listens
				connection.abort(Runnable::run);
			}
		}
		catch (SQLException ex) {
			log.debug("A connection could not be closed", ex);
		}
	}

	@Override
	public void start() {
		CountDownLatch end = new CountDownLatch(1);
		this.stopped = end;
		Thread thread = new Thread(() -> listen(end), "database-notices");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void stop() {
		this.stopped.countDown();
		close(this.ear);
		synchronized (this.sending) {
			close(this.sender);
			this.sender = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.stopped.getCount() > 0;
	}

	/** Stops after whoever sends. */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 600;
	}

}

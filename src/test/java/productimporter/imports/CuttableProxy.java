package productimporter.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between the application and its database and can keep what the server answers
 * from it.
 */
final class CuttableProxy implements AutoCloseable {

	private final String target;

	private final int targetPort;

	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private volatile boolean holding;

	/**
	 * Starts one.
	 * @param target JDBC URL of the database, with host and port
	 */
	CuttableProxy(String target) throws IOException {
		this.target = target;
		this.targetPort = URI.create(target.substring("jdbc:".length())).getPort();
		start(this::accept);
	}

	/** The database's JDBC URL by way of this proxy. */
	String url() {
		return this.target.replace(":" + this.targetPort + "/", ":" + this.server.getLocalPort() + "/");
	}

	/** From now on no answer of the server arrives. */
	void holdAnswers() {
		this.holding = true;
	}

	/** Cuts all connections, and loses what was held. New ones work as before. */
	void cut() {
		this.sockets.forEach(CuttableProxy::close);
		this.sockets.clear();
		this.holding = false;
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = this.server.accept();
			Socket database = new Socket(InetAddress.getLoopbackAddress(), this.targetPort);
			this.sockets.addAll(List.of(client, database));
			start(() -> copy(client, database, false));
			start(() -> copy(database, client, true));
		}
	}

	private void copy(Socket from, Socket to, boolean answers) throws IOException {
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] buffer = new byte[65_536];
			for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
				if (!answers || !this.holding) {
					out.write(buffer, 0, length);
				}
			}
		}
	}

	private static void start(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				// cut
			}
		}, "cuttable-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// it is closed
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		cut();
	}

	private interface Task {

		void run() throws IOException;

	}

}

package productimporter.platform;

/**
 * Hears what other nodes say with PostgreSQL's NOTIFY. Its methods are called by one
 * thread and must not block.
 */
public interface NoticeListener {

	/**
	 * The channel to listen to.
	 * @return a name of lower-case letters and underscores
	 */
	String channel();

	/**
	 * Another node has sent something.
	 */
	void received(String payload);

	/**
	 * Listening begins, or goes on after the connection was lost: what was sent meanwhile
	 * has not been heard, so read again what it was about.
	 */
	void connected();

}

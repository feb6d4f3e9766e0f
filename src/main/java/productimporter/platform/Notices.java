package productimporter.platform;

import java.sql.SQLException;

/**
 * Tells the other nodes of the cluster something; they hear it by a
 * {@link NoticeListener}.
 */
public interface Notices {

	/**
	 * Tells the other nodes, not this one. Takes a round trip to the database, in a
	 * transaction of its own: don't call it inside one.
	 * @param channel a name of lower-case letters and underscores
	 * @param payload below 8,000 bytes
	 * @throws SQLException when it could not be sent; the next call tries a new
	 * connection
	 */
	void send(String channel, String payload) throws SQLException;

}

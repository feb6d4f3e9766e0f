package productimporter.platform;

/**
 * Destinations that STOMP clients may subscribe to. A destination that no topic covers is
 * refused.
 */
public interface Topic {

	/**
	 * Whether this topic has the destination.
	 * @param destination as the client sent it, such as {@code /topic/uploads}
	 */
	boolean covers(String destination);

	/**
	 * A client has subscribed and gets from now on what is sent to the destination. Must
	 * not block.
	 * @param destination one that this topic covers
	 * @param subscriber to be sent the present state, by the thread that sends to the
	 * destination, so that the order is right
	 */
	void subscribed(String destination, Subscriber subscriber);

	/** One subscription of one client. */
	interface Subscriber {

		/**
		 * Sends to this subscription alone. Never blocks; nothing happens when the client
		 * has gone.
		 * @param body sent as JSON
		 */
		void send(Object body);

	}

}

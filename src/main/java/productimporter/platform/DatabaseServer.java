package productimporter.platform;

/**
 * The PostgreSQL server that the application works with. It takes connections as long as
 * this object is open; close the connection pools first.
 */
interface DatabaseServer extends AutoCloseable {

	DatabaseAddress address();

	@Override
	void close();

}

package productimporter.platform;

/**
 * One of PostgreSQL's programs ended with an error or did not end in time.
 */
class PostgresCommandFailed extends RuntimeException {

	PostgresCommandFailed(String program, String output) {
		super(program + " failed: " + output);
	}

}

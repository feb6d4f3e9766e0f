package productimporter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;

/**
 * Looks at the products of a database past the application.
 *
 * @param url JDBC URL with user and password
 */
public record Catalogue(String url) {

	/**
	 * SHA-256 over all products in code-point order of their SKUs, each
	 * {@code sku TAB name TAB description TAB price LF} with two decimals.
	 */
	public String digest() {
		try (Connection connection = DriverManager.getConnection(this.url);
				Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.setFetchSize(1000);
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			try (ResultSet row = statement.executeQuery("""
					SELECT sku || E'\\t' || name || E'\\t' || coalesce(description, '') || E'\\t'
					       || to_char(price, 'FM9999999990.00') || E'\\n'
					FROM product ORDER BY sku COLLATE "C\"""")) {
				while (row.next()) {
					digest.update(row.getString(1).getBytes(StandardCharsets.UTF_8));
				}
			}
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (SQLException | NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Makes every statement that puts products in last longer.
	 * @param seconds by how much
	 */
	public void slowDown(double seconds) {
		execute("""
				CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS
				$$ BEGIN PERFORM pg_sleep(TG_ARGV[0]::float); RETURN NULL; END $$;
				CREATE TRIGGER slowly AFTER INSERT ON product FOR EACH STATEMENT EXECUTE FUNCTION slowly(%s)"""
			.formatted(seconds));
	}

	/** No longer. */
	public void speedUp() {
		execute("ALTER TABLE product DISABLE TRIGGER slowly");
	}

	public long count(String fromAndWhere) {
		try (Connection connection = DriverManager.getConnection(this.url);
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT count(*) FROM " + fromAndWhere)) {
			row.next();
			return row.getLong(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public String text(String query) {
		try (Connection connection = DriverManager.getConnection(this.url);
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(query)) {
			row.next();
			return row.getString(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public void execute(String sql) {
		try (Connection connection = DriverManager.getConnection(this.url);
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

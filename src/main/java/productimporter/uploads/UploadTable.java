package productimporter.uploads;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * All statements of table {@code upload}.
 */
@Repository
class UploadTable {

	private final JdbcClient jdbc;

	UploadTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void insert(StoredUpload upload) {
		this.jdbc.sql("""
				INSERT INTO upload (id, filename, size_bytes, sha256, stored_at)
				VALUES (:id, :filename, :size_bytes, :sha256, :stored_at)
				""")
			.param("id", upload.id())
			.param("filename", upload.filename())
			.param("size_bytes", upload.sizeBytes())
			.param("sha256", upload.sha256())
			.param("stored_at", upload.storedAt().atOffset(ZoneOffset.UTC))
			.update();
	}

	Optional<StoredUpload> find(UUID id) {
		return this.jdbc.sql("""
				SELECT id, filename, size_bytes, sha256, stored_at
				FROM upload
				WHERE id = :id
				""").param("id", id).query(UploadTable::map).optional();
	}

	/**
	 * Those of the ids that are recorded.
	 * @param ids at least one, at most some thousands
	 */
	Set<UUID> recorded(Collection<UUID> ids) {
		return this.jdbc.sql("""
				SELECT id
				FROM upload
				WHERE id IN (:ids)
				""").param("ids", ids).query(UUID.class).set();
	}

	boolean isEmpty() {
		return this.jdbc.sql("""
				SELECT NOT EXISTS (SELECT 1 FROM upload)
				""").query(Boolean.class).single();
	}

	private static StoredUpload map(ResultSet row, int rowNumber) throws SQLException {
		return new StoredUpload(row.getObject("id", UUID.class), row.getString("filename"), row.getLong("size_bytes"),
				row.getString("sha256"), row.getObject("stored_at", OffsetDateTime.class).toInstant());
	}

}

package productimporter.uploads;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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
		Unpacked unpacked = upload.unpacked();
		this.jdbc.sql("""
				INSERT INTO upload (id, filename, size_bytes, sha256, stored_at, container, part, parts_left_out,
				    unpacked_bytes, unpacked_sha256)
				VALUES (:id, :filename, :size_bytes, :sha256, :stored_at, :container, :part, :left_out,
				    :unpacked_bytes, :unpacked_sha256)
				""")
			.param("id", upload.id())
			.param("filename", upload.filename())
			.param("size_bytes", upload.sizeBytes())
			.param("sha256", upload.sha256())
			.param("stored_at", upload.storedAt().atOffset(ZoneOffset.UTC))
			.param("container", (unpacked != null) ? unpacked.container().code() : null)
			.param("part", (unpacked != null) ? unpacked.part() : null)
			.param("left_out", (unpacked != null) ? unpacked.leftOut() : 0)
			.param("unpacked_bytes", (unpacked != null) ? unpacked.sizeBytes() : null)
			.param("unpacked_sha256", (unpacked != null) ? unpacked.sha256() : null)
			.update();
	}

	Optional<StoredUpload> find(UUID id) {
		return this.jdbc.sql("""
				SELECT id, filename, size_bytes, sha256, stored_at, container, part, parts_left_out, unpacked_bytes,
				    unpacked_sha256
				FROM upload
				WHERE id = :id
				""").param("id", id).query(UploadTable::map).optional();
	}

	/**
	 * Holds the row of a file that is in the store, until the surrounding transaction
	 * ends.
	 * @return whether it is
	 */
	boolean hold(UUID id) {
		return this.jdbc.sql("SELECT 1 FROM upload WHERE id = ? AND removed_at IS NULL FOR SHARE")
			.param(id)
			.query(Integer.class)
			.optional()
			.isPresent();
	}

	/**
	 * Locks the row against {@link #hold}, until the surrounding transaction ends.
	 * @return whether nobody else held it
	 */
	boolean lock(UUID id) {
		return this.jdbc.sql("SELECT 1 FROM upload WHERE id = ? FOR UPDATE SKIP LOCKED")
			.param(id)
			.query(Integer.class)
			.optional()
			.isPresent();
	}

	void markRemoved(UUID id, Instant now) {
		this.jdbc.sql("UPDATE upload SET removed_at = ? WHERE id = ?")
			.params(now.atOffset(ZoneOffset.UTC), id)
			.update();
	}

	void delete(UUID id) {
		this.jdbc.sql("DELETE FROM upload WHERE id = ?").param(id).update();
	}

	/**
	 * Those of the ids that are recorded as being in the store.
	 * @param ids at least one, at most some thousands
	 */
	Set<UUID> recorded(Collection<UUID> ids) {
		return this.jdbc.sql("""
				SELECT id
				FROM upload
				WHERE id IN (:ids) AND removed_at IS NULL
				""").param("ids", ids).query(UUID.class).set();
	}

	boolean isEmpty() {
		return this.jdbc.sql("""
				SELECT NOT EXISTS (SELECT 1 FROM upload)
				""").query(Boolean.class).single();
	}

	private static StoredUpload map(ResultSet row, int rowNumber) throws SQLException {
		String container = row.getString("container");
		Unpacked unpacked = (container == null) ? null
				: new Unpacked(Container.ofCode(container), row.getString("part"), row.getInt("parts_left_out"),
						row.getLong("unpacked_bytes"), row.getString("unpacked_sha256"));
		return new StoredUpload(row.getObject("id", UUID.class), row.getString("filename"), row.getLong("size_bytes"),
				row.getString("sha256"), row.getObject("stored_at", OffsetDateTime.class).toInstant(), unpacked);
	}

}

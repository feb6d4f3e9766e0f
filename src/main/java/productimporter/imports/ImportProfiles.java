package productimporter.imports;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

import productimporter.platform.RequestRefused;

/**
 * The named profiles: how files of one kind are read and imported.
 */
@Component
class ImportProfiles {

	/** The field of an upload that names one. */
	static final String OPTION = "profile";

	private static final int LONGEST_NAME = 100;

	private final ImportProfileTable table;

	private final Clock clock;

	ImportProfiles(ImportProfileTable table, Clock clock) {
		this.table = table;
		this.clock = clock;
	}

	List<ImportProfile> all() {
		return this.table.all();
	}

	/**
	 * One profile.
	 * @throws RequestRefused when there is none of that name
	 */
	ImportProfile get(String name) {
		return this.table.find(name)
			.orElseThrow(() -> new RequestRefused(HttpStatus.NOT_FOUND, "profile_unknown",
					"There is no profile of that name. GET /profiles lists them.", "name"));
	}

	/** The profile that was saved last for a file with these columns. */
	Optional<ImportProfile> of(List<String> header) {
		return this.table.of(header);
	}

	/**
	 * Save a profile, in the place of that of its name.
	 * @param header the columns for which it was made, {@code null} for none
	 * @return whether it is new
	 * @throws RequestRefused when the name or a field can't be understood
	 */
	boolean save(String name, Map<String, String> fields, @Nullable List<String> header) {
		require(name);
		ImportOptions.of(fields);
		return this.table.save(new ImportProfile(name, fields, this.clock.instant()), header);
	}

	/** Refuses a name that none can have. */
	void require(String name) {
		if (name.isBlank() || !name.equals(name.strip()) || name.codePointCount(0, name.length()) > LONGEST_NAME
				|| name.codePoints().anyMatch(Character::isISOControl) || name.contains("/")) {
			throw new RequestRefused(HttpStatus.UNPROCESSABLE_CONTENT, "profile_name_invalid",
					"A profile's name has 1 to 100 characters, none of them a control character or a slash, and no space around it.",
					"name");
		}
	}

	/**
	 * Delete a profile; imports that were made by it are as they were.
	 * @throws RequestRefused when there is none of that name
	 */
	void delete(String name) {
		if (!this.table.delete(name)) {
			get(name);
		}
	}

	/**
	 * What is asked, with the fields of the profile that it names.
	 * @param earlier what was asked before of the same file; counts least
	 * @param asked its own fields count most; an empty one takes back what was said
	 * before
	 * @throws RequestRefused when there is no such profile
	 */
	Map<String, String> expand(Map<String, String> earlier, Map<String, String> asked) {
		Map<String, String> all = new TreeMap<>(earlier);
		String name = asked.get(OPTION);
		if (name != null && !name.isEmpty()) {
			all.putAll(this.table.find(name)
				.orElseThrow(() -> new RequestRefused(HttpStatus.UNPROCESSABLE_CONTENT, "profile_unknown",
						"There is no profile of that name. GET /profiles lists them.", OPTION))
				.fields());
		}
		asked.forEach((field, value) -> {
			if (value.isEmpty()) {
				all.remove(field);
			}
			else {
				all.put(field, value);
			}
		});
		all.remove(OPTION);
		return all;
	}

}

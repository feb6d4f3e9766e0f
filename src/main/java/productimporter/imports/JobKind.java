package productimporter.imports;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What a job does. In JSON in lower case.
 */
enum JobKind {

	IMPORT;

	@JsonValue
	String code() {
		return name().toLowerCase(Locale.ROOT);
	}

	static JobKind of(String code) {
		return valueOf(code.toUpperCase(Locale.ROOT));
	}

}

package productimporter.imports;

import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

import org.springframework.format.annotation.DateTimeFormat;

/**
 * Which jobs to list; {@code null} leaves a condition out.
 *
 * @param from first day, in UTC, on which they were queued
 * @param to last day, likewise
 * @param filename part of the file's name, in any case
 */
record JobFilter(@Nullable RunStatus status, @Nullable JobKind kind,
		@DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
		@DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate to, @Nullable String filename) {
}

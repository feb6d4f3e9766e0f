package productimporter.imports;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

import productimporter.platform.InWords;
import productimporter.platform.Page;
import productimporter.platform.RequestRefused;

/**
 * The history of jobs. Its filters are in the address, so that a list can be bookmarked
 * and the browser's Back works.
 */
@Page
@RequestMapping("/ui/jobs")
class JobsPage {

	private static final int SIZE = 25;

	private final RunSearch runs;

	private final Clock clock;

	JobsPage(RunSearch runs, Clock clock) {
		this.runs = runs;
		this.clock = clock;
	}

	@GetMapping
	String page(Query query, Model model) {
		rows(query, model);
		return "imports/jobs";
	}

	@GetMapping(headers = "HX-Target=jobs")
	String rows(Query query, Model model) {
		RunSearch.Filter filter = query.filter();
		long total = this.runs.count(filter);
		long last = Math.max(1, (total + SIZE - 1) / SIZE);
		long page = Math.max(1, Math.min((query.page() != null) ? query.page() : 1, last));
		List<RunView> rows = this.runs.page(filter, SIZE, (page - 1) * SIZE)
			.stream()
			.map((run) -> RunView.of(run, this.clock.instant()))
			.toList();
		long first = (page - 1) * SIZE;
		model.addAttribute("query", query);
		model.addAttribute("states", RunSearch.State.values());
		model.addAttribute("kinds", JobKind.values());
		model.addAttribute("rows", rows);
		model.addAttribute("filtered", !filter.equals(new RunSearch.Filter(null, null, null, null, null)));
		model.addAttribute("here", query.address(page));
		model.addAttribute("previous", (page > 1) ? query.address(page - 1) : null);
		model.addAttribute("next", (page < last) ? query.address(page + 1) : null);
		model.addAttribute("range", InWords.count(Math.min(total, first + 1)) + " to "
				+ InWords.count(first + rows.size()) + " of " + InWords.count(total));
		return "imports/jobs :: jobs";
	}

	/** The filters as the form sends them: what is empty holds nothing back. */
	record Query(@Nullable String state, @Nullable String kind,
			@DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
			@DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate to, @Nullable String file,
			@Nullable Long page) {

		RunSearch.Filter filter() {
			return new RunSearch.Filter(group(), jobKind(), this.from, this.to,
					StringUtils.hasText(this.file) ? this.file.strip() : null);
		}

		private @Nullable JobKind jobKind() {
			if (!StringUtils.hasText(this.kind)) {
				return null;
			}
			try {
				return JobKind.of(this.kind);
			}
			catch (IllegalArgumentException ex) {
				throw unknown("kind", this.kind);
			}
		}

		private RunSearch.@Nullable State group() {
			if (!StringUtils.hasText(this.state)) {
				return null;
			}
			try {
				return RunSearch.State.valueOf(this.state.toUpperCase(Locale.ROOT));
			}
			catch (IllegalArgumentException ex) {
				throw unknown("state", this.state);
			}
		}

		String address(long page) {
			UriComponentsBuilder address = UriComponentsBuilder.fromPath("/ui/jobs");
			add(address, "state", this.state);
			add(address, "kind", this.kind);
			add(address, "from", (this.from != null) ? this.from.toString() : null);
			add(address, "to", (this.to != null) ? this.to.toString() : null);
			add(address, "file", this.file);
			return address.queryParam("page", page).build().toUriString();
		}

		private static void add(UriComponentsBuilder address, String name, @Nullable String value) {
			if (StringUtils.hasText(value)) {
				address.queryParam(name, UriUtils.encode(value, StandardCharsets.UTF_8));
			}
		}

		private static RequestRefused unknown(String field, String value) {
			return new RequestRefused(HttpStatus.BAD_REQUEST, field + "_unknown",
					"There is no " + field + " \"" + value + "\". Choose one from the list.", field);
		}

	}

}

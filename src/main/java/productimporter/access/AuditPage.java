package productimporter.access;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

import productimporter.platform.InWords;
import productimporter.platform.Page;

/**
 * Who did what. Its filters are in the address.
 */
@Page
@RequestMapping("/ui/audit")
class AuditPage {

	private static final int SIZE = 50;

	/** What stands before the dot of an action. */
	private static final List<String> KINDS = List.of("import", "job", "product", "products", "profile", "webhook",
			"schedule", "user", "token", "login", "logout");

	private final AuditTable table;

	private final Clock clock;

	AuditPage(AuditTable table, Clock clock) {
		this.table = table;
		this.clock = clock;
	}

	@GetMapping
	String page(@ModelAttribute("filter") AuditFilter filter, @RequestParam @Nullable Long before, Model model) {
		rows(filter, before, model);
		return "access/audit";
	}

	@GetMapping(headers = "HX-Target=entries")
	String rows(@ModelAttribute("filter") AuditFilter filter, @RequestParam @Nullable Long before, Model model) {
		long behind = (before != null) ? before : Long.MAX_VALUE;
		Instant now = this.clock.instant();
		List<AuditTable.Entry> entries = this.table.page(filter, behind, SIZE);
		List<Long> newer = (before != null) ? this.table.newer(filter, behind, SIZE + 1) : List.of();
		model.addAttribute("kinds", KINDS);
		model.addAttribute("entries", entries.stream().map((entry) -> Row.of(entry, now)).toList());
		model.addAttribute("export", address("/audit/export", filter, null));
		model.addAttribute("next",
				(entries.size() == SIZE) ? address("/ui/audit", filter, entries.get(SIZE - 1).id()) : null);
		model.addAttribute("previous",
				newer.isEmpty() ? null : address("/ui/audit", filter, (newer.size() > SIZE) ? newer.get(SIZE) : null));
		model.addAttribute("range", entries.isEmpty() ? "Nothing" : "Newest first");
		return "access/audit :: entries";
	}

	private static String address(String path, AuditFilter filter, @Nullable Long before) {
		UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
		add(address, "actor", filter.actor());
		add(address, "action", filter.action());
		add(address, "subject", filter.subject());
		add(address, "from", filter.from());
		add(address, "to", filter.to());
		add(address, "before", before);
		return address.build().toUriString();
	}

	private static void add(UriComponentsBuilder address, String name, @Nullable Object value) {
		if (value != null) {
			address.queryParam(name, UriUtils.encode(value.toString(), StandardCharsets.UTF_8));
		}
	}

	/**
	 * An entry as the list shows it.
	 *
	 * @param refused the call was not done
	 */
	record Row(String iso, String at, String actor, String via, @Nullable String address, String action,
			@Nullable String subject, @Nullable Integer status, boolean refused, @Nullable String details) {

		static Row of(AuditTable.Entry entry, Instant now) {
			return new Row(entry.at().toString(), InWords.moment(entry.at(), now), entry.actor(), entry.via(),
					entry.address(), entry.action(), entry.subject(), entry.status(),
					(entry.status() != null && entry.status() >= 400) || entry.action().equals("login.failed"),
					entry.details());
		}

	}

}

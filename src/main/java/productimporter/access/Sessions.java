package productimporter.access;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;

/**
 * The sessions of signed-in browsers, on every node. They are in the database, so any
 * node knows them.
 */
@Component
@InProtectedMode
class Sessions {

	private final FindByIndexNameSessionRepository<? extends Session> repository;

	Sessions(FindByIndexNameSessionRepository<? extends Session> repository) {
		this.repository = repository;
	}

	void endAll(String user) {
		endOthers(user, null);
	}

	void endOthers(String user, @Nullable String kept) {
		of(user).keySet().stream().filter((id) -> !id.equals(kept)).forEach(this.repository::deleteById);
	}

	/**
	 * Makes room for a new one.
	 * @param atMost how many there may be, with the new one
	 * @param present the new one's id, should it be stored already
	 */
	void endOldest(String user, int atMost, @Nullable String present) {
		List<? extends Session> oldestFirst = of(user).values()
			.stream()
			.filter((session) -> !session.getId().equals(present))
			.sorted(Comparator.comparing(Session::getLastAccessedTime))
			.toList();
		oldestFirst.stream()
			.limit(Math.max(0, oldestFirst.size() - atMost + 1L))
			.forEach((session) -> this.repository.deleteById(session.getId()));
	}

	private Map<String, ? extends Session> of(String user) {
		return this.repository.findByPrincipalName(user);
	}

}

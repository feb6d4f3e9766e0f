package productimporter.access;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what each user has open at once, on this node.
 */
final class PerUser {

	private final Map<String, Integer> open = new ConcurrentHashMap<>();

	private final int most;

	PerUser(int most) {
		this.most = most;
	}

	/**
	 * One more, if there is room.
	 * @return whether there was; then {@link #leave} must follow once
	 */
	boolean enter(String user) {
		boolean[] entered = new boolean[1];
		this.open.compute(user, (name, count) -> {
			int now = (count != null) ? count : 0;
			entered[0] = now < this.most;
			return entered[0] ? Integer.valueOf(now + 1) : count;
		});
		return entered[0];
	}

	void leave(String user) {
		this.open.computeIfPresent(user, (name, count) -> (count > 1) ? Integer.valueOf(count - 1) : null);
	}

}

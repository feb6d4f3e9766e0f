package productimporter.webhooks;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Which webhooks have something to send now. Filled from any thread, never blocks;
 * emptied by {@link DeliveryScheduler}.
 */
@Component
class Wakeups {

	private final Set<UUID> webhooks = new LinkedHashSet<>();

	private final Semaphore news = new Semaphore(0);

	private boolean all;

	/** As soon as the surrounding transaction has committed. */
	void afterCommit(UUID webhook) {
		onCommit(() -> add(webhook));
	}

	/** All that are on, as soon as the surrounding transaction has committed. */
	void allAfterCommit() {
		onCommit(this::addAll);
	}

	void add(UUID webhook) {
		synchronized (this.webhooks) {
			this.webhooks.add(webhook);
		}
		this.news.release();
	}

	void addAll() {
		synchronized (this.webhooks) {
			this.all = true;
		}
		this.news.release();
	}

	/**
	 * Waits for some.
	 * @return those that have been added since the last call, perhaps none
	 */
	Taken take(long millis) throws InterruptedException {
		if (this.news.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
			this.news.drainPermits();
		}
		synchronized (this.webhooks) {
			Taken taken = new Taken(new LinkedHashSet<>(this.webhooks), this.all);
			this.webhooks.clear();
			this.all = false;
			return taken;
		}
	}

	private static void onCommit(Runnable then) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				then.run();
			}
		});
	}

	/** Single ones, or all that are on. */
	record Taken(Set<UUID> webhooks, boolean all) {
	}

}

package productimporter.webhooks;

import java.util.List;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import productimporter.platform.DashboardFigures.Figure;
import productimporter.platform.InWords;
import productimporter.platform.WaitingWork;

/**
 * Deliveries that wait, on the operators' page.
 */
@Component
@Order(2)
class WaitingDeliveries implements WaitingWork {

	/** As the alert rule has it. */
	private static final double LONG = 3600;

	private final DeliveryTable deliveries;

	WaitingDeliveries(DeliveryTable deliveries) {
		this.deliveries = deliveries;
	}

	@Override
	public Standing standing() {
		DeliveryMetrics.Waiting now = this.deliveries.waiting();
		Problem problem = (now.overdueSeconds() > LONG) ? new Problem("One should have been made long ago",
				"Its receiver may be paused, which its page says; else no server sends (importer.webhooks.send).", null)
				: null;
		return new Standing("deliveries", "Webhook deliveries",
				List.of(new Figure("Waiting", InWords.count(now.count())),
						new Figure("Oldest waits for", WaitingWork.age(now.count(), now.ageSeconds())),
						new Figure("First is overdue for",
								(now.overdueSeconds() < 1) ? "–" : InWords.about((long) now.overdueSeconds()))),
				"Without those of webhooks that are off. One that failed is tried again later.", problem,
				"/ui/webhooks");
	}

}

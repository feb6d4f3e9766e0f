package productimporter.products;

import java.util.List;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import productimporter.platform.DashboardFigures;
import productimporter.platform.InWords;

/**
 * How many products there are, for the dashboard.
 */
@Component
@Order(1)
class CatalogueFigures implements DashboardFigures {

	private final ProductCount count;

	CatalogueFigures(ProductCount count) {
		this.count = count;
	}

	@Override
	public List<Figure> figures() {
		ProductCount.Counts counts = this.count.counts();
		return List.of(new Figure("Products", InWords.count(counts.all())),
				new Figure("Active", InWords.count(counts.all() - counts.inactive())),
				new Figure("Inactive", InWords.count(counts.inactive())));
	}

}

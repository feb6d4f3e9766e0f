package productimporter.platform;

import java.util.List;

/**
 * What a module tells about itself on the dashboard. A bean of this type adds its figures
 * in the order of its {@code @Order}.
 */
public interface DashboardFigures {

	/**
	 * The figures as they are now. Called each time the dashboard is shown.
	 * @return never {@code null}
	 */
	List<Figure> figures();

	/**
	 * A figure and what it counts.
	 *
	 * @param label one or two words
	 * @param value as people read it
	 */
	record Figure(String label, String value) {
	}

}

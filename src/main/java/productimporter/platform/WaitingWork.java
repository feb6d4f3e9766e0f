package productimporter.platform;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What waits in a module, for the page that operators look at. A bean of this type adds
 * its card, in the order of its {@code @Order}. What waits for long is no reason to
 * restart anything, so health knows nothing of it.
 */
public interface WaitingWork {

	/**
	 * How it stands now, in the whole cluster. Called each time the page is shown.
	 */
	Standing standing();

	/**
	 * How long the oldest has been waiting, in words.
	 * @param waiting how many wait
	 */
	static String age(long waiting, double seconds) {
		return (waiting > 0) ? InWords.about((long) seconds) : "–";
	}

	/**
	 * A card of the page.
	 *
	 * @param name one word, for its id
	 * @param hint what is counted, a sentence
	 * @param problem what is wrong and what to do, or {@code null}
	 * @param link the page that shows more, or {@code null}
	 */
	record Standing(String name, String title, List<DashboardFigures.Figure> figures, String hint,
			@Nullable Problem problem, @Nullable String link) {
	}

	/**
	 * What is wrong.
	 *
	 * @param details as another system said it, or {@code null}
	 */
	record Problem(String title, String advice, @Nullable String details) {
	}

}

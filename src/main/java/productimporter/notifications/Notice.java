package productimporter.notifications;

import java.util.List;

/**
 * What operators have to know beside runs.
 *
 * @param subject in a few words
 * @param paragraphs what happened, what it means, what to do
 * @param path of the page that shows it, from {@code /}
 */
record Notice(String subject, List<String> paragraphs, String path) {
}

package productimporter.platform;

import java.util.List;

/**
 * What was sent can't be taken as it is, for all of these reasons. Answered with 422.
 */
public class FieldsInvalid extends RuntimeException {

	private final transient List<FieldProblem> problems;

	/**
	 * Refuse what was sent.
	 * @param problems each bad field; at least one
	 */
	public FieldsInvalid(List<FieldProblem> problems) {
		super(inWords(problems));
		this.problems = List.copyOf(problems);
	}

	public List<FieldProblem> problems() {
		return this.problems;
	}

	static String inWords(List<FieldProblem> problems) {
		StringBuilder words = new StringBuilder();
		for (FieldProblem problem : problems) {
			words.append(words.isEmpty() ? "" : "; ")
				.append((problem.field() != null) ? problem.field() + ": " : "")
				.append(problem.message());
		}
		return words.toString();
	}

}

package productimporter.access;

import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;

import productimporter.platform.FieldsInvalid;
import productimporter.platform.RequestRefused;

/**
 * How the forms of users and tokens come back when something is wrong.
 */
final class AdminPages {

	private AdminPages() {
	}

	/** What is wrong, by field. */
	static Map<String, String> errors(FieldsInvalid ex) {
		return ex.problems()
			.stream()
			.collect(Collectors.toMap((problem) -> String.valueOf(problem.field()), (problem) -> problem.message(),
					(first, second) -> first));
	}

	/**
	 * Does what a form asks for.
	 * @return whether it was done; else the model says why not
	 */
	static boolean done(Runnable change, HttpServletResponse response, Model model) {
		try {
			change.run();
			return true;
		}
		catch (FieldsInvalid ex) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			model.addAttribute("errors", errors(ex));
			refuse(model, ex.getMessage());
		}
		catch (RequestRefused ex) {
			response.setStatus(ex.status().value());
			refuse(model, ex.getMessage());
		}
		return false;
	}

	private static void refuse(Model model, @Nullable String why) {
		model.addAttribute("refusal", why);
	}

}

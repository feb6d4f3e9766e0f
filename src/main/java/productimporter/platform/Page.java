package productimporter.platform;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.stereotype.Controller;

/**
 * A controller of a page for people. Its methods return the name of a template; a request
 * of HTMX, told by its header {@code HX-Target}, gets the fragment of that name out of
 * the same template.
 * <p>
 * A {@code @ControllerAdvice} with this annotation in its {@code annotations} adds what
 * every page shows, whichever module it comes from.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Controller
public @interface Page {

}

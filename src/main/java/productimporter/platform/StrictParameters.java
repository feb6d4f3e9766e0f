package productimporter.platform;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a handler method or a controller: a query parameter that the method doesn't declare,
 * that is empty, or that comes twice is refused with 400, so that a typo is never read as
 * "no filter".
 * <p>
 * Declared are the names of {@code @RequestParam} arguments and the components of records
 * that are {@code @ModelAttribute} arguments (a component's {@code @BindParam} name where
 * it has one).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.TYPE })
public @interface StrictParameters {

}

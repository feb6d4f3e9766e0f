package productimporter.platform;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/**
 * What request parameters are called where they are declared.
 */
final class ParameterNames {

	private static final DefaultParameterNameDiscoverer discoverer = new DefaultParameterNameDiscoverer();

	private ParameterNames() {
	}

	/**
	 * The query parameters that a handler method declares, in order of the alphabet.
	 */
	static Collection<String> declaredBy(HandlerMethod method) {
		Set<String> names = new TreeSet<>();
		Arrays.stream(method.getMethodParameters()).flatMap(ParameterNames::declaredBy).forEach(names::add);
		return names;
	}

	private static Stream<String> declaredBy(MethodParameter parameter) {
		if (parameter.hasParameterAnnotation(RequestParam.class)) {
			return Stream.ofNullable(nameOf(parameter));
		}
		if (parameter.hasParameterAnnotation(ModelAttribute.class) && parameter.getParameterType().isRecord()) {
			return Arrays.stream(parameter.getParameterType().getRecordComponents()).map(ParameterNames::nameOf);
		}
		return Stream.empty();
	}

	/**
	 * The name a sender uses for it, or {@code null} when the code was compiled without
	 * names.
	 */
	static @Nullable String nameOf(MethodParameter parameter) {
		RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
		if (query != null && StringUtils.hasText(query.name())) {
			return query.name();
		}
		PathVariable path = parameter.getParameterAnnotation(PathVariable.class);
		if (path != null && StringUtils.hasText(path.name())) {
			return path.name();
		}
		parameter.initParameterNameDiscovery(discoverer);
		return parameter.getParameterName();
	}

	/**
	 * {@link BindParam} goes to the parameter of the record's constructor.
	 */
	private static String nameOf(RecordComponent component) {
		return Arrays.stream(component.getDeclaringRecord().getDeclaredConstructors())
			.flatMap((constructor) -> Arrays.stream(constructor.getParameters()))
			.filter((parameter) -> parameter.getName().equals(component.getName()))
			.map((parameter) -> parameter.getAnnotation(BindParam.class))
			.filter(Objects::nonNull)
			.map(BindParam::value)
			.findFirst()
			.orElse(component.getName());
	}

}

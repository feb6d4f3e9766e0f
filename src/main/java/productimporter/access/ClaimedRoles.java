package productimporter.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.authority.mapping.GrantedAuthoritiesMapper;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;
import org.springframework.security.oauth2.core.user.OAuth2UserAuthority;
import org.springframework.util.StringUtils;

/**
 * The roles that an OpenID Connect provider says a user has, in a claim of the ID token
 * or of the user info. Who has none may nothing.
 */
final class ClaimedRoles implements GrantedAuthoritiesMapper {

	private final AccessSettings settings;

	ClaimedRoles(AccessSettings settings) {
		this.settings = settings;
	}

	@Override
	public Collection<? extends GrantedAuthority> mapAuthorities(Collection<? extends GrantedAuthority> given) {
		Set<String> claimed = given.stream()
			.flatMap(ClaimedRoles::claims)
			.flatMap((claims) -> values(claims).stream())
			.collect(Collectors.toSet());
		return Stream.of(Role.values())
			.filter((role) -> claimed.contains(this.settings.roleNames().getOrDefault(role.code(), role.code())))
			.map((role) -> new SimpleGrantedAuthority(role.authority()))
			.toList();
	}

	private static Stream<Map<String, Object>> claims(GrantedAuthority authority) {
		if (authority instanceof OidcUserAuthority oidc) {
			return (oidc.getUserInfo() != null)
					? Stream.of(oidc.getIdToken().getClaims(), oidc.getUserInfo().getClaims())
					: Stream.of(oidc.getIdToken().getClaims());
		}
		return (authority instanceof OAuth2UserAuthority user) ? Stream.of(user.getAttributes()) : Stream.empty();
	}

	private List<String> values(Map<String, Object> claims) {
		Object value = claims.get(this.settings.roleClaim());
		if (value == null) {
			value = claims;
			for (String step : StringUtils.delimitedListToStringArray(this.settings.roleClaim(), ".")) {
				value = (value instanceof Map<?, ?> object) ? object.get(step) : null;
			}
		}
		return texts(value);
	}

	private static List<String> texts(@Nullable Object value) {
		List<String> texts = new ArrayList<>();
		if (value instanceof Collection<?> several) {
			several.forEach((one) -> texts.add(String.valueOf(one)));
		}
		else if (value instanceof String one) {
			texts.addAll(List.of(StringUtils.tokenizeToStringArray(one, " ,")));
		}
		return texts;
	}

}

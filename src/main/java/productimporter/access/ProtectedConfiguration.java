package productimporter.access;

import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

import jakarta.servlet.DispatcherType;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

import productimporter.platform.AuditLog;

/**
 * How people and programs sign in, and that {@link AccessRules} hold.
 */
@Configuration(proxyBeanMethods = false)
@InProtectedMode
@EnableWebSecurity
class ProtectedConfiguration {

	@Bean
	PasswordEncoder passwordEncoder() {
		return PasswordEncoderFactories.createDelegatingPasswordEncoder();
	}

	/** Also keeps Spring Boot from making a user of its own. */
	@Bean
	AuthenticationManager authenticationManager(UserTable users, PasswordEncoder encoder, LoginThrottle throttle,
			KnownBrowsers browsers, AuditLog audit) {
		return new ProviderManager(new PasswordLogin(users, encoder, throttle, browsers, audit));
	}

	@Bean
	SignInFirst signInFirst(Refusals refusals, Audit audit) {
		return new SignInFirst(refusals, audit);
	}

	/** What pages load is the same for everybody, and must stay fit for caches. */
	@Bean
	@Order(1)
	SecurityFilterChain assetFilters() {
		return new DefaultSecurityFilterChain(new OrRequestMatcher(PathPatternRequestMatcher.pathPattern("/assets/**"),
				PathPatternRequestMatcher.pathPattern("/webjars/**")), List.of());
	}

	@Bean
	@Order(2)
	SecurityFilterChain signInFilters(HttpSecurity http, SignInFirst signInFirst, Tokens tokens, SignIns signIns,
			ObjectProvider<ClientRegistrationRepository> providers, AccessSettings settings, UserTable users) {
		http.headers(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.csrf((csrf) -> csrf.csrfTokenRepository(CsrfTokens.repository())
				.csrfTokenRequestHandler(new CsrfTokens())
				.ignoringRequestMatchers(Credentials::areIn))
			.authorizeHttpRequests(
					(requests) -> requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
						.permitAll()
						.anyRequest()
						.access(ProtectedConfiguration::decide))
			.exceptionHandling(
					(handling) -> handling.authenticationEntryPoint(signInFirst).accessDeniedHandler(signInFirst))
			.httpBasic((basic) -> basic.authenticationEntryPoint(signInFirst))
			.addFilterBefore(new TokenFilter(tokens, signInFirst), BasicAuthenticationFilter.class)
			.addFilterBefore(new ChangedUsersOut(users), AnonymousAuthenticationFilter.class)
			.formLogin((form) -> form.loginPage("/login").successHandler(signIns).failureHandler(signIns))
			.logout((logout) -> logout.logoutUrl("/logout").addLogoutHandler(signIns).logoutSuccessHandler(signIns));
		if (providers.getIfAvailable() != null) {
			http.oauth2Login((login) -> login.loginPage("/login")
				.successHandler(signIns)
				.failureHandler(signIns)
				.userInfoEndpoint((user) -> user.userAuthoritiesMapper(new ClaimedRoles(settings))));
		}
		return http.build();
	}

	@Bean
	FilterRegistrationBean<UserLimits> userLimits(AccessSettings settings, Refusals refusals, Clock clock) {
		FilterRegistrationBean<UserLimits> filter = new FilterRegistrationBean<>(
				new UserLimits(settings, refusals, clock));
		// behind Spring Security's
		filter.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER + 50);
		return filter;
	}

	private static AuthorizationDecision decide(Supplier<? extends Authentication> user,
			RequestAuthorizationContext context) {
		return new AuthorizationDecision(AccessRules.of(context.getRequest()).filter((rule) -> {
			Role needed = rule.role();
			return needed == null || isAllowed(user.get(), needed);
		}).isPresent());
	}

	private static boolean isAllowed(@Nullable Authentication user, Role needed) {
		Role role = (user != null && user.isAuthenticated()) ? Actor.role(user) : null;
		return role != null && role.may(needed);
	}

}

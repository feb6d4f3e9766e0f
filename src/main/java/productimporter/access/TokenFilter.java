package productimporter.access;

import java.io.IOException;
import java.util.Optional;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in who shows a token as {@code Authorization: Bearer}, for this one request.
 */
final class TokenFilter extends OncePerRequestFilter {

	private final Tokens tokens;

	private final AuthenticationEntryPoint refused;

	TokenFilter(Tokens tokens, AuthenticationEntryPoint refused) {
		this.tokens = tokens;
		this.refused = refused;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Optional<String> shown = Credentials.token(request);
		if (shown.isPresent()) {
			Optional<TokenAuthentication> program = this.tokens.authenticate(shown.get());
			if (program.isEmpty()) {
				this.refused.commence(request, response, new BadCredentialsException("No such token"));
				return;
			}
			SecurityContext context = SecurityContextHolder.createEmptyContext();
			context.setAuthentication(program.get());
			SecurityContextHolder.setContext(context);
		}
		chain.doFilter(request, response);
	}

}

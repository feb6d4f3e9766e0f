package productimporter.access;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * An OpenID Connect provider on loopback: Spring's authorization server, as an
 * application of its own. People show it their passwords by HTTP Basic; groups are in an
 * object of the ID token, where Keycloak has them.
 */
final class LoopbackProvider implements AutoCloseable {

	static final String CLIENT = "importer";

	static final String SECRET = "secret of the importer";

	private static final String PASSWORD = "known to the provider only";

	private static final Map<String, List<String>> GROUPS = Map.of("ada", List.of("staff", "catalogue-editors"), "eve",
			List.of("catalogue-editors"), "vic", List.of("viewer"), "boss",
			List.of("catalogue-editors", "catalogue-admins"), "guest", List.of("staff"), "sly",
			List.of("ROLE_ADMIN", "ADMIN", "admins", "admin viewer2", "editor"));

	private final ServletWebServerApplicationContext context;

	LoopbackProvider() {
		this.context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Parts.class).run(
				"--spring.config.location=optional:classpath:/none/", "--logging.level.root=warn",
				"--spring.main.banner-mode=off");
	}

	int port() {
		return this.context.getWebServer().getPort();
	}

	String issuer() {
		return "http://127.0.0.1:" + port();
	}

	/** What somebody's browser is answered to a request for a code. */
	RawRequest.Answer authorize(String address, String person) {
		String path = address.substring(issuer().length());
		String shown = Base64.getEncoder().encodeToString((person + ":" + PASSWORD).getBytes(UTF_8));
		String session = new RawRequest(port(), "GET", "/").with("Authorization: Basic " + shown)
			.send()
			.header("Set-Cookie")
			.orElseThrow()
			.replaceAll(";.*", "");
		return new RawRequest(port(), "GET", path)
			.with("Host: 127.0.0.1:" + port(), "Accept: text/html", "Cookie: " + session)
			.send();
	}

	@Override
	public void close() {
		this.context.close();
	}

	/** Not a configuration that the application under test would find. */
	@EnableWebSecurity
	static class Parts {

		@Bean
		TomcatServletWebServerFactory server() {
			TomcatServletWebServerFactory server = new TomcatServletWebServerFactory("", 0);
			// else filters are never asked
			server.setRegisterDefaultServlet(true);
			return server;
		}

		@Bean
		DelegatingFilterProxyRegistrationBean filters() {
			return new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
		}

		@Bean
		@Order(1)
		SecurityFilterChain endpoints(HttpSecurity http) throws Exception {
			return http.oauth2AuthorizationServer((server) -> {
				http.securityMatcher(server.getEndpointsMatcher());
				server.oidc(Customizer.withDefaults());
			}).authorizeHttpRequests((requests) -> requests.anyRequest().authenticated()).build();
		}

		/** Where people show who they are, and are remembered in a session. */
		@Bean
		@Order(2)
		SecurityFilterChain people(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.httpBasic((basic) -> basic.securityContextRepository(new HttpSessionSecurityContextRepository()))
				.build();
		}

		@Bean
		AuthorizationServerSettings settings() {
			return AuthorizationServerSettings.builder().build();
		}

		@Bean
		RegisteredClientRepository clients() {
			return new InMemoryRegisteredClientRepository(RegisteredClient.withId("1")
				.clientId(CLIENT)
				.clientSecret("{noop}" + SECRET)
				.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
				.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
				// on loopback any port will do (RFC 8252, 7.3)
				.redirectUri("http://127.0.0.1/login/oauth2/code/company")
				.scope("openid")
				.scope("profile")
				.build());
		}

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(GROUPS.keySet()
				.stream()
				.map((name) -> User.withUsername(name).password("{noop}" + PASSWORD).build())
				.toList());
		}

		@Bean
		OAuth2TokenCustomizer<JwtEncodingContext> groups() {
			return (token) -> {
				if (OidcParameterNames.ID_TOKEN.equals(token.getTokenType().getValue())) {
					token.getClaims()
						.claim("realm_access", Map.of("roles", GROUPS.get(token.getPrincipal().getName())));
				}
			};
		}

		@Bean
		JWKSource<SecurityContext> keys() throws NoSuchAlgorithmException {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(2048);
			KeyPair pair = generator.generateKeyPair();
			return new ImmutableJWKSet<>(
					new JWKSet(new RSAKey.Builder((RSAPublicKey) pair.getPublic()).privateKey(pair.getPrivate())
						.keyID("one")
						.build()));
		}

		@Bean
		JwtDecoder decoder(JWKSource<SecurityContext> keys) {
			return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
		}

	}

}

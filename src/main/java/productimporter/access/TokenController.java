package productimporter.access;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import productimporter.platform.StrictParameters;

/**
 * The calls below {@code /tokens}.
 */
@RestController
@RequestMapping("/tokens")
@StrictParameters
@InProtectedMode
class TokenController {

	private final Tokens tokens;

	TokenController(Tokens tokens) {
		this.tokens = tokens;
	}

	@GetMapping
	List<TokenTable.Token> list() {
		return this.tokens.all();
	}

	@PostMapping
	ResponseEntity<Created> create(@RequestBody NewToken sent, HttpServletRequest request) {
		Tokens.Made made = this.tokens.create(sent.name(), sent.role(), sent.days(),
				Actor.of(request, AccessMode.PROTECTED).name());
		TokenTable.Token token = made.token();
		return ResponseEntity.created(URI.create("/tokens/" + token.id()))
			.body(new Created(token.id(), token.name(), token.role(), made.shown(), token.createdAt(),
					token.expiresAt()));
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void revoke(@PathVariable UUID id) {
		this.tokens.revoke(id);
	}

	/**
	 * A token to be.
	 *
	 * @param days how long it is good for; {@code null}: until it is revoked
	 */
	record NewToken(@Nullable String name, @Nullable String role, @Nullable Integer days) {
	}

	/**
	 * A new token.
	 *
	 * @param token the only time it is shown
	 */
	record Created(UUID id, String name, Role role, String token, Instant createdAt, @Nullable Instant expiresAt) {
	}

}

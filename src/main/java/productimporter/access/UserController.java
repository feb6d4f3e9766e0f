package productimporter.access;

import java.net.URI;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import productimporter.platform.StrictParameters;

/**
 * The calls below {@code /users}.
 */
@RestController
@RequestMapping("/users")
@StrictParameters
@InProtectedMode
class UserController {

	private final Users users;

	UserController(Users users) {
		this.users = users;
	}

	@GetMapping
	List<UserTable.User> list() {
		return this.users.all();
	}

	@PostMapping
	ResponseEntity<UserTable.User> create(@RequestBody NewUser sent) {
		UserTable.User user = this.users.create(sent.name(), sent.password(), sent.role());
		return ResponseEntity.created(URI.create("/users/" + user.id())).body(user);
	}

	@GetMapping("/{id}")
	UserTable.User get(@PathVariable UUID id) {
		return this.users.get(id);
	}

	/** What is left out stays as it is. */
	@PutMapping("/{id}")
	UserTable.User change(@PathVariable UUID id, @RequestBody Change sent) {
		return this.users.change(id, sent.role(), sent.enabled(), sent.password());
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@PathVariable UUID id) {
		this.users.delete(id);
	}

	/** A user to be. */
	record NewUser(@Nullable String name, @Nullable String password, @Nullable String role) {
	}

	/** What is to be another. */
	record Change(@Nullable String role, @Nullable Boolean enabled, @Nullable String password) {
	}

}

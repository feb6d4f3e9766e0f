package productimporter.imports;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

import productimporter.platform.RequestRefused;
import productimporter.platform.StrictParameters;

/**
 * The calls below {@code /profiles}.
 */
@RestController
@RequestMapping("/profiles")
@StrictParameters
class ProfileController {

	private final ImportProfiles profiles;

	ProfileController(ImportProfiles profiles) {
		this.profiles = profiles;
	}

	@GetMapping
	Map<String, List<ProfileJson>> list() {
		return Map.of("items", this.profiles.all().stream().map(ProfileJson::of).toList());
	}

	@GetMapping("/{name}")
	ProfileJson get(@PathVariable String name) {
		return ProfileJson.of(this.profiles.get(name));
	}

	/**
	 * The fields of an upload as members of an object, text or what JSON has for them.
	 */
	@PutMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<ProfileJson> save(@PathVariable String name, @RequestBody JsonNode body) {
		if (!body.isObject()) {
			throw new RequestRefused(HttpStatus.UNPROCESSABLE_CONTENT, "body_invalid",
					"A profile is an object with fields of an upload, such as {\"delimiter\": \";\"}.", null);
		}
		Map<String, String> fields = new LinkedHashMap<>();
		body.properties()
			.forEach((entry) -> fields.put(entry.getKey(),
					entry.getValue().isContainer() ? entry.getValue().toString() : entry.getValue().asString()));
		boolean created = this.profiles.save(name, fields, null);
		return ResponseEntity.status(created ? HttpStatus.CREATED : HttpStatus.OK)
			.body(ProfileJson.of(this.profiles.get(name)));
	}

	@DeleteMapping("/{name}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@PathVariable String name) {
		this.profiles.delete(name);
	}

	/**
	 * A profile.
	 *
	 * @param fields of an upload, as text
	 */
	record ProfileJson(String name, Map<String, String> fields, Instant updatedAt) {

		static ProfileJson of(ImportProfile profile) {
			return new ProfileJson(profile.name(), profile.fields(), profile.updatedAt());
		}

	}

}

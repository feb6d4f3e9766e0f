package productimporter.platform;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.stereotype.Component;
import org.springframework.util.Assert;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.webjars.WebJarVersionLocator;

/**
 * The addresses of static files, which change with their content and so may be cached for
 * ever. All of {@code ui/static} is under one hash: a script finds the ones it imports
 * beside itself, in the same version.
 */
@Component
class Assets implements WebMvcConfigurer {

	private static final CacheControl FOR_EVER = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

	private final WebJarVersionLocator webjars = new WebJarVersionLocator();

	private final String root;

	Assets() throws IOException {
		this.root = "/assets/" + hash() + "/";
	}

	/**
	 * The address of a file of {@code ui/static}.
	 * @param path below that folder
	 */
	public String file(String path) {
		return this.root + path;
	}

	/**
	 * The address of a file of a webjar.
	 * @param path below the folder of its version
	 */
	public String webjar(String name, String path) {
		@Nullable String full = this.webjars.fullPath(name, path);
		Assert.state(full != null, () -> "There is no webjar " + name);
		return "/" + full.substring("META-INF/resources/".length());
	}

	@Override
	public void addResourceHandlers(ResourceHandlerRegistry registry) {
		registry.addResourceHandler(this.root + "**")
			.addResourceLocations("classpath:/static/")
			.setCacheControl(FOR_EVER);
		registry.addResourceHandler("/webjars/**")
			.addResourceLocations("classpath:/META-INF/resources/webjars/")
			.setCacheControl(FOR_EVER);
	}

	private static String hash() throws IOException {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			for (Resource resource : new PathMatchingResourcePatternResolver()
				.getResources("classpath:/static/**/*.*")) {
				try (InputStream content = resource.getInputStream()) {
					digest.update(content.readAllBytes());
				}
			}
			return HexFormat.of().formatHex(digest.digest(), 0, 6);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

package productimporter.products;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.UUID;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import productimporter.platform.RequestRefused;
import productimporter.platform.StrictParameters;

/**
 * The calls below {@code /products}.
 */
@RestController
@RequestMapping("/products")
@StrictParameters
class ProductController {

	private final ProductList list;

	private final Products products;

	private final ProductBody body;

	private final BulkDeletes bulkDeletes;

	ProductController(ProductList list, Products products, ProductBody body, BulkDeletes bulkDeletes) {
		this.list = list;
		this.products = products;
		this.body = body;
		this.bulkDeletes = bulkDeletes;
	}

	@GetMapping
	ProductPage list(@Valid @ModelAttribute ProductFilter filter, @RequestParam(defaultValue = "sku") String sort,
			@RequestParam @Nullable Integer page, @RequestParam(defaultValue = "50") int size,
			@RequestParam @Nullable String after) {
		return this.list.page(filter, ProductOrder.of(sort), page, size, after);
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<Product> create(InputStream sent) throws IOException {
		Product product = this.products.create(this.body.whole(sent));
		return ResponseEntity.created(URI.create("/products/" + product.id())).eTag(product.etag()).body(product);
	}

	/** Spring answers 304 where the tag is the one in {@code If-None-Match}. */
	@GetMapping("/{id}")
	ResponseEntity<Product> get(@PathVariable UUID id) {
		return answer(this.products.get(id));
	}

	@PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<Product> replace(@PathVariable UUID id,
			@Nullable @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String ifMatch, InputStream sent)
			throws IOException {
		return answer(this.products.change(id, this.body.whole(sent), IfMatch.of(ifMatch)));
	}

	@PatchMapping(path = "/{id}", consumes = { "application/merge-patch+json", MediaType.APPLICATION_JSON_VALUE })
	ResponseEntity<Product> change(@PathVariable UUID id,
			@Nullable @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String ifMatch, InputStream sent)
			throws IOException {
		return answer(this.products.change(id, this.body.change(sent), IfMatch.of(ifMatch)));
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@PathVariable UUID id,
			@Nullable @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String ifMatch) {
		this.products.delete(id, IfMatch.of(ifMatch));
	}

	/**
	 * Deletes all that match, as a job. The filter is the query: were one sent in the
	 * body, it would be overlooked and everything deleted, so there may be none.
	 */
	@DeleteMapping
	ResponseEntity<Accepted> deleteAll(@Valid @ModelAttribute ProductFilter filter,
			@RequestParam(name = "expected_count") @Nullable Long expectedCount, HttpServletRequest request) {
		if (request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
			throw new RequestRefused(HttpStatus.BAD_REQUEST, "body_unexpected",
					"Send the filter as query parameters, and no body. Nothing was deleted.", null);
		}
		UUID job = this.bulkDeletes.request(ProductSelection.of(filter), expectedCount);
		URI status = URI.create("/jobs/" + job);
		return ResponseEntity.accepted().location(status).body(new Accepted(job, status.toString()));
	}

	private static ResponseEntity<Product> answer(Product product) {
		return ResponseEntity.ok().eTag(product.etag()).body(product);
	}

	/** The answer to a bulk delete. */
	record Accepted(UUID taskId, String statusUrl) {
	}

}

package productimporter.products;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class ProductListTests extends ProductsTest {

	@ParameterizedTest
	@ValueSource(strings = { "sku", "-sku", "name", "-name", "price", "-price", "updated_at", "-updated_at" })
	void nextLeadsThroughEveryProductOnceAndPreviousBack(String sort) {
		fill(137);
		List<String> all = skus(list("?size=500&sort=" + sort));
		assertThat(all).hasSize(137).doesNotHaveDuplicates();
		List<List<String>> pages = new ArrayList<>();
		JsonNode page = list("?size=25&sort=" + sort);
		assertThat(page.get("previous").isNull()).isTrue();
		pages.add(skus(page));
		while (!page.get("next").isNull()) {
			page = list("?size=25&sort=" + sort + "&after=" + page.get("next").asString());
			pages.add(skus(page));
			assertThat(page.get("page").asInt()).isEqualTo(pages.size());
		}
		assertThat(pages.stream().flatMap(List::stream)).containsExactlyElementsOf(all);
		List<List<String>> back = new ArrayList<>();
		back.add(skus(page));
		while (!page.get("previous").isNull()) {
			page = list("?size=25&sort=" + sort + "&after=" + page.get("previous").asString());
			back.add(skus(page));
		}
		Collections.reverse(back);
		assertThat(back).isEqualTo(pages);
		assertThat(page.get("page").asInt()).isEqualTo(1);
		for (int number = 1; number <= pages.size(); number++) {
			assertThat(skus(list("?size=25&sort=" + sort + "&page=" + number))).isEqualTo(pages.get(number - 1));
		}
		assertThat(skus(list("?size=25&page=99"))).isEmpty();
	}

	@Test
	void filtersHoldTogetherAndFindTextAnywhereInAnyCase() {
		create(Map.of("sku", "AB-1", "name", "Grüne Tasse 50%", "description", "with_line", "price", "10.00"));
		create(Map.of("sku", "ab-2", "name", "GRÜNE Kanne 500", "description", "withXline", "price", 20, "active",
				false));
		create(Map.of("sku", "xx-3", "name", "back\\slash", "price", 30.5));
		assertThat(skus(list("?sku=B-"))).containsExactly("ab-1", "ab-2");
		assertThat(skus(list("?name=" + encode("grüne")))).containsExactly("ab-1", "ab-2");
		assertThat(skus(list("?name=" + encode("0%")))).containsExactly("ab-1");
		assertThat(skus(list("?name=" + encode("\\")))).containsExactly("xx-3");
		assertThat(skus(list("?description=" + encode("H_L")))).containsExactly("ab-1");
		assertThat(skus(list("?active=false"))).containsExactly("ab-2");
		assertThat(skus(list("?price_min=10.01&price_max=30.50&sort=-price"))).containsExactly("xx-3", "ab-2");
		assertThat(skus(list("?sku=ab&active=true&price_max=99"))).containsExactly("ab-1");
		this.jdbc.sql("UPDATE product SET updated_at = '2020-01-01T00:00:00Z' WHERE sku = 'ab-1'").update();
		assertThat(skus(list("?updated_since=2020-01-01T00:00:01Z"))).containsExactly("ab-2", "xx-3");
		assertThat(skus(list("?updated_since=" + encode("+99999-01-01T00:00:00Z")))).isEmpty();
		assertThat(list("?name=nothing").get("total").asInt()).isZero();
	}

	@Test
	void theTotalIsExactUnlessMoreThanTenThousandMatchAFilter() {
		fill(10_001);
		JsonNode all = list("?size=500");
		assertThat(all.get("total").asInt()).isEqualTo(10_001);
		assertThat(all.get("total_is_exact").asBoolean()).isTrue();
		assertThat(all.get("pages").asInt()).isEqualTo(21);
		JsonNode many = list("?name=name");
		assertThat(many.get("total").asInt()).isEqualTo(10_000);
		assertThat(many.get("total_is_exact").asBoolean()).isFalse();
		JsonNode fewer = list("?sku=sku-00");
		assertThat(fewer.get("total").asInt()).isEqualTo(9_999);
		assertThat(fewer.get("total_is_exact").asBoolean()).isTrue();
		assertThat(skus(list("?page=10001&size=1"))).containsExactly("sku-010001");
		assertThat(list("?page=20&size=500&sort=name").get("items").size()).isEqualTo(500);
		HttpResponse<String> deep = get("/products?page=21&size=500&sort=name");
		assertThat(deep.statusCode()).isEqualTo(422);
		assertThat(deep.body()).contains("\"page_too_deep\"", "after", "\"field\":\"page\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "nmae=x", "sku=", "sku=a&sku=b", "sort=colour", "sort=--sku", "page=0", "page=x", "size=0",
			"size=501", "active=maybe", "price_min=cheap", "price_max=1e99", "updated_since=yesterday", "name=%00",
			"after=x", "after=AAAA", "after=%C3%BC" })
	void whatCannotBeReadIsRefused(String query) {
		HttpResponse<String> response = get("/products?" + query);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
		assertThat(JSON.readTree(response.body()).get("field").asString())
			.isEqualTo(query.substring(0, query.indexOf('=')));
	}

	@Test
	void aTokenIsOfUseForItsOwnListAlone() {
		fill(30);
		String next = list("?size=10&sort=name&active=true").get("next").asString();
		assertThat(next).matches("[A-Za-z0-9_-]+");
		assertThat(get("/products?size=5&sort=name&active=true&after=" + next).statusCode()).isEqualTo(200);
		for (String other : List.of("?sort=name", "?sort=-name&active=true", "?sort=name&active=false",
				"?active=true")) {
			HttpResponse<String> response = get("/products" + other + "&after=" + next);
			assertThat(response.statusCode()).as(other).isEqualTo(400);
			assertThat(response.body()).contains("after_invalid");
		}
		String altered = next.substring(0, 20) + ((next.charAt(20) == 'A') ? 'B' : 'A') + next.substring(21);
		assertThat(get("/products?sort=name&active=true&after=" + altered).statusCode()).isEqualTo(400);
		assertThat(get("/products?page=1&sort=name&active=true&after=" + next).statusCode()).isEqualTo(400);
	}

	@Test
	void aPageOfLargeTextsHasFewerProductsAndNextGoesOn() {
		this.jdbc.sql("""
				INSERT INTO product (id, sku, name, description)
				SELECT gen_random_uuid(), 'big-' || lpad(i::text, 2, '0'), 'Big', repeat(md5(i::text), 32768)
				FROM generate_series(1, 12) AS i""").update();
		List<String> seen = new ArrayList<>();
		JsonNode page = list("?size=500");
		assertThat(page.get("items").size()).isLessThan(5);
		seen.addAll(skus(page));
		while (!page.get("next").isNull()) {
			page = list("?size=500&after=" + page.get("next").asString());
			seen.addAll(skus(page));
		}
		assertThat(seen).hasSize(12).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void pagesThatLostTheirProductsLeadBack() {
		fill(30);
		String next = list("?size=10").get("next").asString();
		this.jdbc.sql("DELETE FROM product WHERE sku > 'sku-000010'").update();
		JsonNode empty = list("?size=10&after=" + next);
		assertThat(empty.get("items").size()).isZero();
		assertThat(empty.get("next").isNull()).isTrue();
		JsonNode first = list("?size=10&after=" + empty.get("previous").asString());
		assertThat(first.get("items").size()).isEqualTo(10);
		this.jdbc.sql("TRUNCATE product").update();
		JsonNode none = list("?size=10&after=" + empty.get("previous").asString());
		assertThat(none.get("items").size()).isZero();
		assertThat(none.get("previous").isNull()).isTrue();
		assertThat(none.get("next").isNull()).isTrue();
	}

}

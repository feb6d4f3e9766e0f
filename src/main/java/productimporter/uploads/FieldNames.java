package productimporter.uploads;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What other systems and people call the fields of a product: Shopify, WooCommerce,
 * Magento (Adobe Commerce) and Amazon in their export formats, and common words in
 * English, German, French, Spanish, Italian, Portuguese and Dutch. Names are compared
 * without case, accents and anything but letters and digits.
 */
final class FieldNames {

	private static final Map<String, String> FIELDS = new HashMap<>();

	static {
		add("sku", "Variant SKU", "item_sku", "seller-sku", "Product SKU", "SKU number", "Article number", "Article no",
				"Item number", "Item no", "Product code", "Part number", "Artikelnummer", "Artikelnr", "Artikel-Nr.",
				"Art.-Nr.", "Référence", "Réf", "Référence produit", "Código", "Código de producto", "Referencia",
				"Codice", "Codice articolo", "Código do produto", "Referência", "Artikelcode");
		add("name", "Title", "item_name", "Product name", "Product title", "Item title", "Bezeichnung",
				"Artikelbezeichnung", "Artikelname", "Produktname", "Titel", "Nom", "Nom du produit", "Désignation",
				"Titre", "Nombre", "Nombre del producto", "Título", "Nome", "Nome prodotto", "Titolo",
				"Nome do produto", "Naam", "Productnaam");
		add("description", "Body (HTML)", "product_description", "Item description", "Beschreibung",
				"Artikelbeschreibung", "Produktbeschreibung", "Description du produit", "Descripción", "Descrizione",
				"Descrição", "Omschrijving");
		add("price", "Variant Price", "Regular price", "standard_price", "Unit price", "Preis", "Verkaufspreis",
				"Einzelpreis", "Prix", "Prix de vente", "Prix unitaire", "Precio", "Precio de venta", "Prezzo", "Preço",
				"Prijs");
	}

	private FieldNames() {
	}

	/**
	 * The field that a name stands for.
	 * @return {@code null} for none
	 */
	static @Nullable String field(String name) {
		return FIELDS.get(normalize(name));
	}

	private static void add(String field, String... names) {
		List.of(names).forEach((name) -> FIELDS.put(normalize(name), field));
	}

	private static String normalize(String name) {
		return Normalizer.normalize(name, Normalizer.Form.NFKD)
			.replaceAll("[^\\p{L}\\p{N}]", "")
			.toLowerCase(Locale.ROOT);
	}

}

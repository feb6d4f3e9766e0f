package productimporter.imports;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import productimporter.Catalogue;
import productimporter.ImporterClient;

/**
 * One node for all tests of a class, on a database of its own which each test finds
 * without products and profiles.
 */
abstract class OneNodeTest {

	static Node node;

	static Catalogue catalogue;

	static ImporterClient client;

	@BeforeAll
	static void start() {
		node = Node.alone();
		catalogue = node.catalogue();
		client = new ImporterClient(Integer.parseInt(node.port()));
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	@AfterEach
	void clear() {
		catalogue.execute("TRUNCATE product, import_profile");
	}

}

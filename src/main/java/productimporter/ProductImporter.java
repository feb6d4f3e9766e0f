package productimporter;

import java.util.TimeZone;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Imports product files of any size into PostgreSQL. Each package below this one is a
 * module.
 */
@SpringBootApplication
@EnableScheduling
public class ProductImporter {

	public static void main(String[] args) {
		// Spring Batch writes local times: on every node, and in the hour when the clocks
		// go back, they must mean the same
		TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
		SpringApplication.run(ProductImporter.class, args);
	}

}

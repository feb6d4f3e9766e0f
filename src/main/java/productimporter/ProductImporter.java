package productimporter;

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
		SpringApplication.run(ProductImporter.class, args);
	}

}

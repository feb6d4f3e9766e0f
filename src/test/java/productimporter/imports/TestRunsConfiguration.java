package productimporter.imports;

import java.nio.file.Path;
import java.time.Clock;

import productimporter.uploads.Uploads;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.support.TransactionTemplate;

@TestConfiguration(proxyBeanMethods = false)
public class TestRunsConfiguration {

	@Bean
	TestRuns testRuns(@Value("${importer.uploads.directory}") Path store, Uploads uploads, ImportRunTable runs,
			RunClaimTable claims, ActiveRuns activeRuns, JobLaunch launch, TransactionTemplate transaction,
			Clock clock) {
		return new TestRuns(store, uploads, runs, claims, activeRuns, launch, transaction, clock);
	}

}

package productimporter.jobs.productimport;

import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import productimporter.jobs.RunStep;
import productimporter.platform.StartupFailed;
import productimporter.products.ProductChanges;
import productimporter.uploads.Uploads;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The job {@code productImport}: one instance for each run, with the parameters
 * {@code run} (identifying) and {@code epoch}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobSettings.class)
class ProductImportJob {

	@Bean
	Job productImport(JobRepository jobRepository, RunStep.Tools tools, DataSource dataSource, Uploads uploads,
			RangeResults results, JobSettings settings, WorkFiles workFiles, List<ProductChanges> listeners) {
		requireConnections(dataSource, settings, tools.activeRuns().most());
		return new JobBuilder("productImport", jobRepository).start(new InspectStep(tools, uploads))
			.next(new ValidateStep(tools, uploads, settings, workFiles))
			.next(new ImportStep(tools, new ImportRangeStep(tools, uploads, dataSource, listeners), results, settings))
			.next(new FinishStep(tools, results))
			.build();
	}

	/** Each range needs a connection, its run another one, and requests need some. */
	private static void requireConnections(DataSource dataSource, JobSettings settings, int runs) {
		int needed = runs * (settings.ranges() + 1) + 2;
		int connections = (dataSource instanceof HikariDataSource pool) ? pool.getMaximumPoolSize() : Integer.MAX_VALUE;
		if (needed > connections) {
			throw new StartupFailed(
					"importer.job.partitions is %d%s, but the pool has %d connections (importer.database.maximum-pool-size)"
						.formatted(settings.ranges(),
								(runs > 1) ? " and importer.imports.runs-at-once " + runs : "", connections),
					"Set the pool to at least %d connections, or import fewer ranges side by side".formatted(needed));
		}
	}

}

package productimporter.jobs.productimport;

import javax.sql.DataSource;

import productimporter.imports.ActiveRuns;
import productimporter.platform.DataDirectory;
import productimporter.uploads.Uploads;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The job {@code productImport}: one instance for each run, with the parameters
 * {@code run} (identifying) and {@code epoch}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobSettings.class)
class ProductImportJob {

	@Bean
	Job productImport(JobRepository jobRepository, PlatformTransactionManager transactionManager, DataSource dataSource,
			ActiveRuns activeRuns, Uploads uploads, RangeResults results, JobSettings settings,
			DataDirectory directory) {
		RunStep.Tools tools = new RunStep.Tools(jobRepository, transactionManager, activeRuns, uploads);
		return new JobBuilder("productImport", jobRepository).start(new InspectStep(tools))
			.next(new ValidateStep(tools, settings, directory))
			.next(new ImportStep(tools, new ImportRangeStep(tools, dataSource), results, settings))
			.next(new FinishStep(tools, results))
			.build();
	}

}

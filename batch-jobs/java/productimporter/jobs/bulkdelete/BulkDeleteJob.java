package productimporter.jobs.bulkdelete;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import productimporter.jobs.RunStep;
import productimporter.products.BulkDeletion;

/**
 * The job {@code bulkDelete}: one instance for each run, with the parameters {@code run}
 * (identifying) and {@code epoch}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BulkDeleteSettings.class)
class BulkDeleteJob {

	@Bean
	Job bulkDelete(JobRepository jobRepository, RunStep.Tools tools, BulkDeletion products,
			BulkDeleteSettings settings) {
		return new JobBuilder("bulkDelete", jobRepository).start(new CountStep(tools, products))
			.next(new DeleteStep(tools, products, settings))
			.next(new FinishStep(tools))
			.build();
	}

}

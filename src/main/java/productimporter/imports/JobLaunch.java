package productimporter.imports;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Launches the job of a run: one job instance a run, one job execution an attempt.
 */
@Component
class JobLaunch {

	private final JobOperator jobOperator;

	private final JobRepository jobRepository;

	/** By kind of run. */
	private final Map<JobKind, Job> jobs;

	private final RunFence fence;

	private final Clock clock;

	JobLaunch(JobOperator jobOperator, JobRepository jobRepository, List<Job> jobs, RunFence fence, Clock clock) {
		this.jobOperator = jobOperator;
		this.jobRepository = jobRepository;
		this.jobs = byKind(jobs);
		this.fence = fence;
		this.clock = clock;
	}

	/**
	 * Starts the job, or restarts it where an earlier attempt left off; returns when it
	 * has ended.
	 */
	JobExecution launch(ImportRun run) {
		try {
			return this.jobOperator.start(job(run), parameters(run));
		}
		catch (JobExecutionException ex) {
			throw new IllegalStateException("Run " + run.id() + " could not be launched", ex);
		}
	}

	/**
	 * Executions that a dead node left as running (or whose end is not known) are failed,
	 * so that the job can be restarted. Safe because the run is ours: nobody writes for
	 * an older epoch, and job repository and products are in one database.
	 */
	@Transactional
	public void settleEarlierExecutions(ImportRun run) {
		this.fence.hold(run.id(), run.epoch());
		JobInstance instance = instance(run);
		if (instance == null) {
			return;
		}
		List<JobExecution> executions = this.jobRepository.getJobExecutions(instance);
		if (executions.isEmpty()) {
			// its node died between two commits; an instance without executions can't be
			// started
			this.jobRepository.deleteJobInstance(instance);
		}
		for (JobExecution execution : executions) {
			for (StepExecution step : execution.getStepExecutions()) {
				if (isOpen(step.getStatus())) {
					step.setStatus(BatchStatus.FAILED);
					step.setExitStatus(ExitStatus.FAILED.addExitDescription("Its node died"));
					step.setEndTime(now(step.getEndTime()));
					this.jobRepository.update(step);
				}
			}
			if (isOpen(execution.getStatus())) {
				execution.setStatus(BatchStatus.FAILED);
				execution.setExitStatus(ExitStatus.FAILED.addExitDescription("Its node died"));
				execution.setEndTime(now(execution.getEndTime()));
				this.jobRepository.update(execution);
			}
		}
	}

	/** Chunks that the run's attempts have committed, up to now. */
	long commits(ImportRun run) {
		JobInstance instance = instance(run);
		return (instance == null) ? 0
				: this.jobRepository.getJobExecutions(instance)
					.stream()
					.flatMap((execution) -> execution.getStepExecutions().stream())
					.filter((step) -> isWork(step.getStepName()))
					.mapToLong(StepExecution::getCommitCount)
					.sum();
	}

	/**
	 * Forgets all attempts of a run that is deleted. Call inside a transaction.
	 */
	void forget(UUID run) {
		for (String name : this.jobRepository.getJobNames()) {
			JobInstance instance = this.jobRepository.getJobInstance(name, identity(run).toJobParameters());
			if (instance != null) {
				this.jobRepository.deleteJobInstance(instance);
			}
		}
	}

	private @Nullable JobInstance instance(ImportRun run) {
		return this.jobRepository.getJobInstance(job(run).getName(), parameters(run));
	}

	private Job job(ImportRun run) {
		return Objects.requireNonNull(this.jobs.get(run.kind()), () -> "No job for " + run.kind());
	}

	private static Map<JobKind, Job> byKind(List<Job> jobs) {
		Map<JobKind, Job> byKind = new EnumMap<>(JobKind.class);
		for (JobKind kind : JobKind.values()) {
			jobs.stream()
				.filter((job) -> job.getName().equals(kind.jobName()))
				.findFirst()
				.ifPresent((job) -> byKind.put(kind, job));
		}
		return byKind;
	}

	/** Whether the step's commits bring the run further. */
	private static boolean isWork(String step) {
		return step.startsWith("import:") || step.equals("delete");
	}

	static boolean isOpen(BatchStatus status) {
		return status.isRunning() || status == BatchStatus.STOPPING || status == BatchStatus.UNKNOWN;
	}

	private LocalDateTime now(@Nullable LocalDateTime known) {
		return (known != null) ? known : LocalDateTime.ofInstant(this.clock.instant(), ZoneId.systemDefault());
	}

	private static JobParameters parameters(ImportRun run) {
		return identity(run.id()).addLong("epoch", run.epoch(), false).toJobParameters();
	}

	private static JobParametersBuilder identity(UUID run) {
		return new JobParametersBuilder().addJobParameter("run", run, UUID.class, true);
	}

}

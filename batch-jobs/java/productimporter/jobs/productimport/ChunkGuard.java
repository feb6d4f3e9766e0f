package productimporter.jobs.productimport;

import productimporter.imports.ActiveRun;
import productimporter.imports.ImportPlan;

import org.springframework.batch.core.listener.ChunkListener;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Stands around each chunk: before it writes, the run must be ours; after its commit, the
 * progress is told.
 */
final class ChunkGuard implements ChunkListener<ProductRow, ValidProduct> {

	private final ActiveRun run;

	private final ImportPlan.Range range;

	private final RangeCounts counts;

	ChunkGuard(ActiveRun run, ImportPlan.Range range, RangeCounts counts) {
		this.run = run;
		this.range = range;
		this.counts = counts;
	}

	@Override
	public void beforeChunk(Chunk<ProductRow> chunk) {
		this.run.hold();
	}

	@Override
	public void afterChunk(Chunk<ValidProduct> chunk) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				ChunkGuard.this.run.progress()
					.imported(ChunkGuard.this.range.number(), ChunkGuard.this.counts.counts());
			}
		});
	}

}

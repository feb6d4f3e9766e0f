package productimporter.jobs.bulkdelete;

import java.util.OptionalInt;

import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import productimporter.imports.ActiveRun;
import productimporter.imports.Deletion;
import productimporter.products.BulkDeletion;
import productimporter.products.ProductSelection;

/**
 * Goes through the catalogue by id. One call is one transaction: it looks at the next
 * products and deletes those that match, passing over what someone else is changing at
 * that moment; those come last, one by one. So it never waits for a person while it holds
 * products a person may wait for. A tasklet and no chunk step, since one statement reads
 * and deletes.
 */
final class DeleteTasklet implements Tasklet {

	private final ActiveRun run;

	private final ProductSelection selection;

	private final BulkDeletion products;

	private final int chunkSize;

	private Deletion deletion;

	DeleteTasklet(ActiveRun run, ProductSelection selection, BulkDeletion products, int chunkSize) {
		this.run = run;
		this.selection = selection;
		this.products = products;
		this.chunkSize = chunkSize;
		this.deletion = run.deletion();
		run.progress().deleted(this.deletion.matched(), this.deletion.deleted());
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
		this.run.hold();
		Deletion before = this.deletion;
		boolean more = before.atEnd() ? takeOneThatIsLeft() : takeNext();
		this.run.save(this.deletion);
		contribution.incrementWriteCount(this.deletion.deleted() - before.deleted());
		tellAfterCommit(this.deletion);
		return RepeatStatus.continueIf(more);
	}

	private boolean takeNext() {
		BulkDeletion.Window window = this.products.deleteNext(this.selection, this.deletion.asOf(),
				this.deletion.after(), this.chunkSize);
		this.deletion = this.deletion.lookedAt(window.end(), window.deleted());
		return true;
	}

	private boolean takeOneThatIsLeft() {
		OptionalInt deleted = this.products.deleteLeft(this.selection, this.deletion.asOf());
		this.deletion = this.deletion.lookedAt(null, deleted.orElse(0));
		return deleted.isPresent();
	}

	private void tellAfterCommit(Deletion committed) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				DeleteTasklet.this.run.progress().deleted(committed.matched(), committed.deleted());
			}
		});
	}

}

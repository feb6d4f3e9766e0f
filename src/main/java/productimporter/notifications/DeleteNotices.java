package productimporter.notifications;

import java.util.ArrayList;
import java.util.List;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import productimporter.imports.EndedDelete;
import productimporter.imports.EndedRun;
import productimporter.imports.RunEndListener;
import productimporter.imports.RunStatus;
import productimporter.platform.InWords;
import productimporter.schedules.ScheduleNotStarted;
import productimporter.schedules.ScheduledRuns;

/**
 * Tells the operators how bulk deletes that people started have ended, and of schedules
 * only what went wrong; in the transaction that it happens in.
 */
@Component
class DeleteNotices implements RunEndListener {

	private final Mails mails;

	private final ScheduledRuns scheduled;

	DeleteNotices(Mails mails, ScheduledRuns scheduled) {
		this.mails = mails;
		this.scheduled = scheduled;
	}

	@Override
	public void ended(EndedRun run) {
		// Mails tells of imports
	}

	@Override
	public void ended(EndedDelete delete) {
		this.scheduled.scheduleOf(delete.id()).ifPresentOrElse((schedule) -> {
			if (delete.status() == RunStatus.FAILED) {
				tell("Schedule failed: " + schedule, delete);
			}
		}, () -> tell("Bulk delete " + delete.status().code() + ": " + delete.title(), delete));
	}

	@EventListener
	void notStarted(ScheduleNotStarted schedule) {
		this.mails.tellOperators(new Notice(RunMail.oneLine("Schedule not started: " + schedule.name()),
				List.of("It was planned for " + InWords.dateAndTime(schedule.planned()) + " UTC.", schedule.reason(),
						"Nothing was deleted. If the next time ends the same way, there is no mail about it."),
				"/ui/schedules"));
	}

	private void tell(String subject, EndedDelete delete) {
		List<String> paragraphs = new ArrayList<>();
		paragraphs.add("What it takes: " + delete.title());
		if (delete.error() != null) {
			paragraphs.add(delete.error());
		}
		paragraphs.add(InWords.count(delete.deleted(), "product") + ((delete.deleted() == 1) ? " was" : " were")
				+ " deleted.");
		if (delete.restartable()) {
			paragraphs.add("Its page lets it go on with the rest.");
		}
		this.mails.tellOperators(new Notice(RunMail.oneLine(subject), paragraphs, "/ui/jobs/" + delete.id()));
	}

}

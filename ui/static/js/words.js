// Numbers and states in words, by the same rules as productimporter.platform.InWords and imports.RunView.

const PHASES = { parsing: 'Parsing CSV…', validating: 'Validating…', importing: 'Importing…', deleting: 'Deleting…' };

const STATES = {
  ...PHASES, queued: 'Waiting', needs_input: 'Waiting for your answer', stopping: 'Stopping…', stopped: 'Stopped',
  failed: 'Failed', completed: 'Completed',
};

const LOOKS = { stopped: ['stopped', ''], failed: ['bad', 'bad'], queued: ['wait', ''], needs_input: ['wait', ''] };

export function count(number) {
  return number.toLocaleString('en');
}

export function size(bytes) {
  if (bytes < 1000) {
    return bytes === 1 ? '1 byte' : bytes + ' bytes';
  }
  let unit = -1;
  while (bytes >= 999.95) {
    bytes /= 1000;
    unit++;
  }
  return bytes.toFixed(1) + ' ' + 'kMGTPE'[unit] + 'B';
}

export function about(seconds) {
  const [number, unit] = seconds < 90 ? [Math.max(1, seconds), 'second']
    : seconds < 90 * 60 ? [Math.ceil(seconds / 60), 'minute'] : [Math.ceil(seconds / 3600), 'hour'];
  return count(number) + ' ' + unit + (number === 1 ? '' : 's');
}

export function isRunning(run) {
  return run.status in PHASES || run.status === 'stopping';
}

export function hasEnded(run) {
  return ['completed', 'failed', 'stopped'].includes(run.status);
}

/** What people know a run by: its file, or what it deletes. */
export function nameOf(run) {
  return run.filename ?? run.title;
}

/** The address of its page. */
export function pageOf(run) {
  return (run.kind === 'bulk_delete' ? '/ui/jobs/' : '/ui/uploads/') + run.task_id;
}

export function words(run) {
  if (run.status === 'completed' && run.kind === 'bulk_delete') {
    return run.message;
  }
  if (run.status === 'completed' && run.dry_run) {
    return 'Dry run done';
  }
  if (run.status === 'completed' && run.rejected > 0) {
    return 'Completed, ' + count(run.rejected) + (run.rejected === 1 ? ' row' : ' rows') + ' refused';
  }
  if (run.status === 'importing' && run.dry_run) {
    return 'Comparing…';
  }
  return STATES[run.status] || run.status;
}

/** Name of the icon and tone of the state. */
export function look(run) {
  if (run.status === 'completed') {
    return run.rejected > 0 ? ['warn', 'warn'] : ['ok', 'ok'];
  }
  return LOOKS[run.status] || ['spin', 'run'];
}

/** The figures of a run by the names that [data-value] uses. */
export function figures(run) {
  const shown = {
    percent: run.percent + '%', message: run.message,
    rows_verb: run.kind === 'bulk_delete' ? 'deleted' : run.rows_total != null || hasEnded(run) ? 'done' : 'checked',
    left: run.eta_seconds != null ? about(run.eta_seconds) : '',
  };
  for (const name of ['rows_read', 'rows_total', 'rows_per_second', 'created', 'updated', 'unchanged', 'superseded', 'rejected']) {
    shown[name] = run[name] != null ? count(run[name]) : '';
  }
  return shown;
}

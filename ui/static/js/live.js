// Keeps a page up to date with runs: numbers are written here, what changes shape is fetched again by HTMX.

import { connect } from './connection.js';
import { addPoint } from './chart.js';
import { announce, toast } from './messages.js';
import { figures, hasEnded, isRunning, nameOf, pageOf, words } from './words.js';

// runs that have not ended, so that the next page tells how they do
const OPEN = 'pi-open-runs';
const runs = new Map();
const watchers = new Set();
// parts that are being fetched, and whether they have to be fetched once more
const fetching = new Map();
const page = document.querySelector('[data-run-page]')?.dataset.runPage;
const chip = document.getElementById('running-chip');
// from the first full list on, a run that nobody has heard of is a new one
let complete = false;

/** Calls back with every news of any run. */
export function watch(callback) {
  watchers.add(callback);
}

/** The last news of a run, if there were any. */
export function known(id) {
  return runs.get(id);
}

export function start() {
  // what the server has drawn is what this page knows
  for (const shown of document.querySelectorAll('[data-run][data-status]')) {
    runs.set(shown.dataset.run, { status: shown.dataset.status, percent: percentIn(shown) });
  }
  recall();
  document.body.addEventListener('htmx:afterSwap', catchUp);
  addEventListener('pagehide', remember);
  const connection = connect({ onRun, onList: () => { complete = true; }, onConnection, openRuns });
  document.body.addEventListener('pi:changed', () => {
    refresh();
    connection.poll();
  });
}

function openRuns() {
  return [...runs].filter(([, run]) => !hasEnded(run)).map(([id]) => id);
}

function remember() {
  try {
    sessionStorage.setItem(OPEN, JSON.stringify([...runs].filter(([, run]) => !hasEnded(run)).map(([id, run]) => [id, run.status])));
  } catch (e) { /* storage is off */ }
}

function recall() {
  try {
    for (const [id, status] of JSON.parse(sessionStorage.getItem(OPEN) || '[]')) {
      if (!runs.has(id)) { runs.set(id, { status, percent: 0 }); }
    }
  } catch (e) { /* storage is off */ }
}

function onRun(run) {
  const before = runs.get(run.task_id);
  if (before && isStale(run, before)) {
    return;
  }
  run.percent = run.status === 'completed' ? 100 : Math.floor(Math.max(run.percent, before?.percent ?? 0));
  runs.set(run.task_id, run);
  if (before ? before.status !== run.status : complete || !hasEnded(run)) {
    changed(run);
  }
  show(run);
  addPoint(run);
  watchers.forEach((callback) => callback(run));
}

/** News come over two ways and may overtake each other. */
function isStale(run, before) {
  const wentOn = run.status === 'queued' && ['failed', 'stopped'].includes(before.status);
  return before.status === 'completed' ? run.status !== 'completed'
    : run.attempt < before.attempt || run.attempt === before.attempt && rank(run) < rank(before) && !wentOn;
}

function rank(run) {
  return hasEnded(run) ? 9 : ['needs_input', 'queued', 'parsing', 'validating', 'importing', 'deleting', 'stopping'].indexOf(run.status);
}

function changed(run) {
  const own = page === run.task_id;
  if (own || !page && document.querySelector(`#progress[data-run="${run.task_id}"]`) || hasEnded(run)) {
    announce((own ? '' : nameOf(run) + ': ') + words(run));
  }
  if (run.status === 'completed') {
    toast(nameOf(run), words(run), own ? null : pageOf(run));
  }
  if (run.status === 'failed' && !own) {
    toast(nameOf(run), 'Failed. ' + (run.error ?? ''), pageOf(run), true);
  }
  if (run.kind === 'bulk_delete' && hasEnded(run)) {
    refreshCatalogue();
  }
  refresh(run.task_id);
}

/** Fetches again what shows the state of runs, or of this one. */
function refresh(id) {
  for (const part of document.querySelectorAll('[data-refresh]')) {
    if (part.dataset.refresh === 'status' || !id || id === page) {
      fetchPart(part.id);
    }
  }
}

/** Lists of products, unless one of their rows is being edited. */
function refreshCatalogue() {
  for (const part of document.querySelectorAll('[data-refresh=catalogue]:not(:has(tr.edit))')) {
    fetchPart(part.id);
  }
}

/** One request at a time for each part; what changes meanwhile is fetched after it. */
async function fetchPart(id) {
  const part = document.getElementById(id);
  if (!part) {
    return;
  }
  if (fetching.has(id)) {
    fetching.set(id, true);
    return;
  }
  fetching.set(id, false);
  let again = 0;
  const refused = (event) => { if (event.target === part && isPassing(event.detail.xhr.status)) { again = 2000; } };
  part.addEventListener('htmx:responseError', refused);
  try {
    await htmx.ajax('GET', part.dataset.from, { source: part, target: part, swap: 'outerHTML' });
  } catch (e) {
    again = 2000;
  }
  part.removeEventListener('htmx:responseError', refused);
  const changed = fetching.get(id);
  fetching.delete(id);
  if (changed || again) {
    setTimeout(fetchPart, again, id);
  }
}

function isPassing(status) {
  return status >= 500 || status === 429;
}

function show(run) {
  showChip(run);
  for (const row of document.querySelectorAll(`[data-row="${run.task_id}"]`)) {
    showRow(row, run);
  }
  const card = document.querySelector(`#progress[data-run="${run.task_id}"]`);
  if (!card) {
    return;
  }
  if (card.dataset.status !== run.status) {
    // another shape, which is on its way or is to be asked for again
    refresh(run.task_id);
    return;
  }
  showCard(card, run);
}

function showCard(card, run) {
  const shown = figures(run);
  for (const element of card.querySelectorAll('[data-value]')) {
    write(element, shown[element.dataset.value]);
  }
  for (const element of card.querySelectorAll('[data-when]')) {
    element.hidden = run[element.dataset.when] == null;
  }
  write(card.querySelector('#phase'), words(run));
  showBar(card.querySelector('.bar'), run);
  if (page) {
    document.title = words(run) + (isRunning(run) ? ' ' + run.percent + '%' : '') + ' · ' + nameOf(run) + ' · Product Importer';
  }
}

/** What was just drawn by the server may be older than the news, or newer: a bar never goes back. */
function catchUp() {
  for (const drawn of document.querySelectorAll('[data-row], #progress[data-run]')) {
    const run = runs.get(drawn.dataset.row ?? drawn.dataset.run);
    if (run && isRunning(run)) {
      const percent = percentIn(drawn);
      if (percent > run.percent) {
        run.percent = percent;
      } else if (run.task_id && drawn.dataset.row) {
        showRow(drawn, run);
      } else if (run.task_id && drawn.dataset.status === run.status) {
        showCard(drawn, run);
      }
    }
  }
}

function percentIn(element) {
  return Number(element.querySelector('.bar')?.getAttribute('aria-valuenow') ?? 0);
}

function showChip(run) {
  const shown = runs.get(chip.dataset.run);
  // of several it shows one until that ends
  if (isRunning(run) && (chip.hidden || chip.dataset.run === run.task_id || !shown || !isRunning(shown))) {
    chip.dataset.run = run.task_id;
    chip.href = pageOf(run);
    write(chip.querySelector('[data-chip=words]'), words(run));
    write(chip.querySelector('[data-chip=percent]'), run.percent + '%');
    chip.hidden = false;
  } else if (chip.dataset.run === run.task_id) {
    chip.hidden = true;
  }
}

function showRow(row, run) {
  const shown = figures(run);
  if (isRunning(run)) {
    write(row.querySelector('[data-row-percent]'), shown.percent);
    row.querySelectorAll('[data-row-value]').forEach((cell) => write(cell, shown[cell.dataset.rowValue]));
    showBar(row.querySelector('.bar'), run);
  }
}

function showBar(bar, run) {
  if (bar) {
    bar.setAttribute('aria-valuenow', run.percent);
    bar.setAttribute('aria-valuetext', run.percent + ' percent, ' + words(run));
    bar.querySelector('rect').setAttribute('width', run.percent + '%');
  }
}

function write(element, text) {
  if (element && text !== undefined && element.textContent !== text) {
    element.textContent = text;
  }
}

function onConnection(lostAt) {
  const note = document.getElementById('live-off');
  if (note) {
    note.hidden = lostAt === null;
    if (lostAt !== null) {
      note.querySelector('[data-live-off]').textContent = 'The connection was lost at ' + lostAt.toISOString().slice(11, 19)
        + ' UTC. Jobs go on; this page asks the server every 2 seconds until the connection is back.';
    }
  }
}

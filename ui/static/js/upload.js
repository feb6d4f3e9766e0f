// Sends the chosen files one after another, shows how far each is, then follows its run.

import { csrf } from './access.js';
import { announce, icon, reason } from './messages.js';
import { known, watch } from './live.js';
import { hasEnded, look, size, words } from './words.js';

const form = document.getElementById('upload');
const list = document.getElementById('sent-list');
const waiting = [];
const byRun = new Map();
let sending = null;

export function start() {
  if (!form) {
    return;
  }
  const input = form.querySelector('input[type=file]');
  const zone = form.querySelector('.drop');
  input.multiple = true;
  input.addEventListener('change', () => {
    add(input.files);
    input.value = '';
  });
  for (const type of ['dragenter', 'dragover']) {
    zone.addEventListener(type, () => zone.classList.add('over'));
  }
  for (const type of ['dragleave', 'drop']) {
    zone.addEventListener(type, () => zone.classList.remove('over'));
  }
  zone.addEventListener('drop', (event) => add(event.dataTransfer.files));
  // a file dropped beside the zone must not take the place of the page
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => event.preventDefault());
  addEventListener('beforeunload', (event) => { if (sending || waiting.length) { event.preventDefault(); } });
  watch((run) => byRun.get(run.task_id)?.follow(run));
}

function add(files) {
  for (const file of files) {
    waiting.push(new Sent(file));
  }
  document.getElementById('sent').hidden = list.children.length === 0;
  next();
}

function next() {
  if (!sending && waiting.length) {
    sending = waiting.shift();
    sending.send(() => {
      sending = null;
      next();
    });
  }
}

/** A file that was chosen, and its line in the list. */
class Sent {
  constructor(file) {
    this.file = file;
    this.notify = form.elements.notify?.value.trim();
    this.review = form.elements.review?.checked ? 'always' : 'if_needed';
    this.line = document.getElementById('sent-template').content.firstElementChild.cloneNode(true);
    this.name = this.find('.sent-name');
    this.name.textContent = this.name.title = file.name;
    this.find('.sent-size').textContent = size(file.size);
    this.bar = this.find('.bar');
    this.bar.setAttribute('aria-label', 'Progress of ' + file.name);
    this.find('.sent-state').append(document.querySelector('#toast-template').content.querySelector('svg').cloneNode(true), document.createElement('span'));
    this.find('.sent-cancel').addEventListener('click', () => this.cancel());
    this.state('wait', '', 'Not sent yet');
    list.prepend(this.line);
  }

  find(selector) {
    return this.line.querySelector(selector);
  }

  state(iconName, tone, text) {
    const element = this.find('.sent-state');
    element.className = 'st sent-state ' + tone;
    icon(element, iconName);
    element.querySelector('span').textContent = text;
  }

  percent(percent, text) {
    this.bar.setAttribute('aria-valuenow', percent);
    this.bar.setAttribute('aria-valuetext', percent + ' percent, ' + text);
    this.bar.querySelector('rect').setAttribute('width', percent + '%');
  }

  send(done) {
    const body = new FormData();
    if (this.notify) { body.append('notify', this.notify); }
    body.append('review', this.review);
    body.append('file', this.file);
    const xhr = this.xhr = new XMLHttpRequest();
    xhr.upload.addEventListener('progress', (event) => {
      const percent = Math.floor(100 * event.loaded / Math.max(1, event.total));
      this.state('upload', 'run', percent < 100 ? 'Sending ' + percent + '%' : 'Storing…');
      this.percent(percent, 'sending');
      // from here on the server goes on alone
      if (percent >= 100) { this.keep(); }
    });
    xhr.addEventListener('loadend', () => {
      this.xhr = null;
      this.keep();
      if (xhr.status === 202) {
        this.accepted(JSON.parse(xhr.responseText));
      } else if (!this.cancelled) {
        this.refused(reason(xhr.status, xhr.responseText));
      }
      done();
    });
    xhr.open('POST', '/upload');
    xhr.setRequestHeader('Accept', 'application/json');
    Object.entries(csrf()).forEach(([name, value]) => xhr.setRequestHeader(name, value));
    xhr.send(body);
    this.state('upload', 'run', 'Sending 0%');
  }

  cancel() {
    this.cancelled = true;
    const place = waiting.indexOf(this);
    if (place >= 0) {
      waiting.splice(place, 1);
      this.keep();
    }
    this.xhr?.abort();
    this.state('remove', '', 'Cancelled, nothing was kept');
  }

  /** It can't be cancelled any more. */
  keep() {
    const button = this.find('.sent-cancel');
    const focused = button === document.activeElement;
    button?.remove();
    if (focused) { document.getElementById('main').focus(); }
  }

  accepted(answer) {
    byRun.set(answer.task_id, this);
    const open = this.find('.sent-open');
    open.href = '/ui/uploads/' + answer.task_id;
    open.setAttribute('aria-label', 'Open ' + answer.filename);
    open.hidden = false;
    this.state('wait', '', 'Waiting');
    this.percent(0, 'waiting');
    if (answer.status === 'needs_input') {
      open.href += '/mapping';
      open.textContent = 'Check the columns';
      open.setAttribute('aria-label', 'Check the columns of ' + answer.filename);
      open.classList.add('btn-primary');
      this.state('wait', '', 'Waiting for your answer');
      announce(answer.filename + ' waits for your answer');
    }
    const run = known(answer.task_id);
    if (run) { this.follow(run); }
    announce(answer.filename + ': sent');
    document.body.dispatchEvent(new Event('pi:changed'));
  }

  refused(why) {
    this.state('bad', 'bad', 'Not accepted');
    this.bar.remove();
    const error = this.find('.sent-error');
    error.textContent = why;
    error.hidden = false;
    announce(this.file.name + ' was not accepted: ' + why);
  }

  follow(run) {
    const [iconName, tone] = look(run);
    const open = this.find('.sent-open');
    if (run.status !== 'needs_input' && open.href.endsWith('/mapping')) {
      open.href = '/ui/uploads/' + run.task_id;
      open.textContent = 'Open';
      open.classList.remove('btn-primary');
    }
    this.state(iconName, tone, run.status === 'queued' ? run.message : words(run) + (hasEnded(run) || run.status === 'needs_input' ? '' : ' ' + run.percent + '%'));
    this.percent(run.percent, words(run));
    this.bar.classList.toggle('ok', run.status === 'completed');
    this.bar.classList.toggle('bad', run.status === 'failed');
  }
}

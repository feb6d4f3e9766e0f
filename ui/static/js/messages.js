// What the page says: to screen readers through its one live region, to everyone else in toasts and notes.

const TOAST_LASTS = 8000;

export function announce(text) {
  document.getElementById('announcer').textContent = text;
}

/** How something ended: a success for some seconds, a failure until it is dismissed. Both are to be seen elsewhere too. */
export function toast(name, text, link, failed = false) {
  const note = copy('toast-template');
  note.querySelector('.toast-name').textContent = name ? name + ':' : '';
  note.querySelector('.toast-words').textContent = text;
  const open = note.querySelector('.toast-link');
  if (link) { open.href = link; } else { open.remove(); }
  note.querySelector('button').addEventListener('click', () => note.remove());
  document.getElementById('toasts').append(note);
  if (failed) {
    note.classList.add('bad');
    icon(note, 'bad');
  } else {
    setTimeout(() => note.remove(), TOAST_LASTS);
  }
}

/** A failure, shown above the page, or in the dialog that is open with all that was typed, until the next action. */
export function complain(title, text) {
  document.querySelectorAll('[data-complaint]').forEach((old) => old.remove());
  const note = copy('error-template');
  note.dataset.complaint = '';
  note.querySelector('strong').textContent = title;
  note.querySelector('p').textContent = text;
  (document.querySelector('dialog[open] .card-body') ?? document.getElementById('main')).prepend(note);
  note.scrollIntoView({ block: 'nearest' });
}

/** Why a request was refused, in the server's words (RFC 9457). */
export function reason(status, body) {
  try {
    return JSON.parse(body).detail || 'The server answered ' + status + '.';
  } catch (e) {
    return status ? 'The server answered ' + status + '.' : 'The server could not be reached. Nothing was changed.';
  }
}

export function icon(element, name) {
  const use = element.querySelector('use');
  use.setAttribute('href', use.getAttribute('href').replace(/#.*/, '#' + name));
}

function copy(template) {
  return document.getElementById(template).content.firstElementChild.cloneNode(true);
}

// What HTMX does on a page: dialogs it brings, and answers it could not use.

import { announce, complain, reason, toast } from './messages.js';

let opener = null;
let focusLost = false;

export function start() {
  const body = document.body;
  const modal = document.getElementById('modal');
  body.addEventListener('htmx:beforeRequest', (event) => {
    document.querySelectorAll('[data-complaint]').forEach((old) => old.remove());
    if (event.detail.target === modal) { opener = event.detail.elt; }
  });
  body.addEventListener('htmx:afterSwap', (event) => {
    if (event.detail.target === modal) { open(modal.querySelector('dialog')); }
  });
  body.addEventListener('htmx:afterRequest', (event) => {
    if (event.detail.successful && event.detail.xhr.status < 400 && event.detail.requestConfig.verb !== 'get' && event.detail.elt.closest('dialog')) { event.detail.elt.closest('dialog').close(); }
  });
  // HTMX moves the focus to the new element of the same id; where there is none the page keeps it
  body.addEventListener('htmx:beforeSwap', (event) => {
    // a form that comes back with what is wrong
    if (isForm(event.detail.xhr)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
    focusLost ||= event.detail.target !== modal && event.detail.target.contains(document.activeElement);
  });
  body.addEventListener('htmx:afterSettle', () => {
    if (focusLost && document.activeElement === body) { document.getElementById('main').focus({ preventScroll: true }); }
    focusLost = false;
  });
  body.addEventListener('htmx:afterSettle', (event) => {
    if (isForm(event.detail.xhr)) { event.detail.elt.querySelector('[aria-invalid], button.btn-primary, button.btn')?.focus(); }
  });
  body.addEventListener('pi:said', (event) => {
    const { name = '', words } = event.detail;
    toast(name, words);
    announce((name ? name + ': ' : '') + words);
  });
  body.addEventListener('htmx:responseError', (event) => failed(event.detail.xhr, event.detail.elt));
  body.addEventListener('htmx:sendError', (event) => failed(event.detail.xhr, event.detail.elt));
  body.addEventListener('click', (event) => {
    const copy = event.target.closest('[data-copy]');
    if (copy) { copyValue(copy); }
    const close = event.target.closest('dialog [data-close]');
    if (close) {
      event.preventDefault();
      close.closest('dialog').close();
    }
  });
}

/** Where the clipboard is closed to us, the value is selected for a copy by hand. */
function copyValue(button) {
  const field = document.getElementById(button.dataset.copy);
  field.select();
  navigator.clipboard?.writeText(field.value).then(() => {
    button.querySelector('span').textContent = 'Copied';
    announce('Copied');
  }, () => {});
}

function isForm(xhr) {
  return [409, 412, 422].includes(xhr.status) && (xhr.getResponseHeader('Content-Type') ?? '').startsWith('text/html');
}

// focus trap and Esc come from the browser
function open(dialog) {
  dialog.addEventListener('close', () => {
    dialog.remove();
    giveFocusBack();
  });
  dialog.showModal();
}

/** To what opened the dialog, else to what took its place, else to the page. */
function giveFocusBack() {
  const target = opener?.isConnected ? opener : document.getElementById(opener?.id) || document.getElementById('main');
  target.focus();
}

function failed(xhr, refreshed) {
  // parts that refresh themselves are tried again, and the page says that live updates are off
  if (refreshed?.hasAttribute('data-refresh')) {
    return;
  }
  const why = reason(xhr.status, xhr.responseText);
  complain('That could not be done', why);
  announce('');
}

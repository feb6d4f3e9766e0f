// The list of products: rows that are ticked, Esc in a row that is being edited, and the number to type before a bulk delete.

export function start() {
  document.body.addEventListener('change', (event) => {
    const list = event.target.closest('#products');
    if (list && event.target.matches('[data-select-all]')) {
      boxes(list).forEach((box) => { box.checked = event.target.checked; });
    }
    if (list) { show(list, false); }
  });
  document.body.addEventListener('click', (event) => {
    const link = event.target.closest('#products [data-select-matching], #products [data-select-none]');
    if (link) {
      event.preventDefault();
      const list = link.closest('#products');
      const all = link.matches('[data-select-matching]');
      boxes(list).forEach((box) => { box.checked = all; });
      show(list, all);
      list.querySelector(all ? '#bulk-delete-matching' : '[data-select-all]').focus();
    }
  });
  document.body.addEventListener('htmx:afterSettle', () => {
    showAll();
    document.querySelectorAll('[data-confirm]').forEach(checkNumber);
  });
  document.body.addEventListener('input', (event) => {
    if (event.target.matches('[data-confirm]')) { checkNumber(event.target); }
  });
  document.body.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') { event.target.closest('tr.edit')?.querySelector('[data-cancel]').click(); }
  });
  // what doesn't fit is shown in full to whoever points at it
  document.body.addEventListener('pointerover', (event) => {
    const text = event.target.closest('#products .cut');
    if (text) { text.title = text.scrollWidth > text.clientWidth ? text.textContent : ''; }
  });
  // the browser keeps ticks over a reload
  showAll();
  document.querySelectorAll('[data-confirm]').forEach(checkNumber);
}

function boxes(list) {
  return [...list.querySelectorAll('input[name=id]')];
}

function showAll() {
  document.querySelectorAll('#products:has([data-select-all])').forEach((list) => show(list, isMatching(list)));
}

function isMatching(list) {
  return list.querySelector('#bulk-delete-matching')?.hidden === false;
}

/** Shows how many are selected: those ticked, or all that match. */
function show(list, matching) {
  const all = boxes(list);
  const ticked = all.filter((box) => box.checked).length;
  all.forEach((box) => box.closest('tr').classList.toggle('sel', box.checked));
  const box = list.querySelector('[data-select-all]');
  box.checked = ticked > 0 && ticked === all.length;
  box.indeterminate = ticked > 0 && ticked < all.length;
  list.querySelector('#selected').hidden = ticked === 0;
  const everything = list.querySelector('[data-select-matching]');
  list.querySelector('[data-selected]').textContent = matching ? everything.dataset.all : ticked + ' selected on this page';
  list.querySelector('[data-select-none]').hidden = !matching;
  list.querySelector('#delete-selected').hidden = matching;
  if (everything) {
    everything.hidden = matching;
    list.querySelector('#bulk-delete-matching').hidden = !matching;
  }
}

/** What deletes is to be pressed once the number is typed; the server looks at it again. */
function checkNumber(input) {
  input.form.querySelector('.btn-danger').disabled = input.value.replace(/[\s,.']/g, '') !== input.dataset.confirm;
}

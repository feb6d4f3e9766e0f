// The list of products: rows that are ticked, and Esc in a row that is being edited.

export function start() {
  document.body.addEventListener('change', (event) => {
    const list = event.target.closest('#products');
    if (list && event.target.matches('[data-select-all]')) {
      boxes(list).forEach((box) => { box.checked = event.target.checked; });
    }
    if (list) { show(list); }
  });
  document.body.addEventListener('htmx:afterSettle', showAll);
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
}

function boxes(list) {
  return [...list.querySelectorAll('input[name=id]')];
}

function showAll() {
  document.querySelectorAll('#products:has([data-select-all])').forEach(show);
}

function show(list) {
  const all = boxes(list);
  const ticked = all.filter((box) => box.checked).length;
  all.forEach((box) => box.closest('tr').classList.toggle('sel', box.checked));
  const box = list.querySelector('[data-select-all]');
  box.checked = ticked > 0 && ticked === all.length;
  box.indeterminate = ticked > 0 && ticked < all.length;
  list.querySelector('#selected').hidden = ticked === 0;
  list.querySelector('[data-selected]').textContent = ticked;
}

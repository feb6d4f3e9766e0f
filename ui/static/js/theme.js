// Loaded in <head> before anything is painted: the chosen theme, else that of the system.
(function () {
  var system = matchMedia('(prefers-color-scheme: dark)');
  var root = document.documentElement;

  function chosen() {
    try { return localStorage.getItem('pi-theme'); } catch (e) { return null; }
  }

  function systems() {
    return system.matches ? 'dark' : 'light';
  }

  function show(theme) {
    root.setAttribute('data-bs-theme', theme);
    document.dispatchEvent(new Event('pi:theme'));
  }

  function toggle() {
    var next = root.getAttribute('data-bs-theme') === 'dark' ? 'light' : 'dark';
    try {
      // a choice that is the system's own follows the system again
      if (next === systems()) { localStorage.removeItem('pi-theme'); } else { localStorage.setItem('pi-theme', next); }
    } catch (e) { /* storage is off: the choice lasts as long as the page */ }
    show(next);
  }

  show(chosen() || systems());
  system.addEventListener('change', function () { show(chosen() || systems()); });
  addEventListener('storage', function () { show(chosen() || systems()); });
  document.addEventListener('DOMContentLoaded', function () {
    document.querySelectorAll('[data-theme-toggle]').forEach(function (button) {
      button.hidden = false;
      button.addEventListener('click', toggle);
    });
  });
})();

// Shows the server that a request comes from a page of its own: the CSRF token, which is in a cookie.
// In local mode there is none, and none is asked for.

export function start() {
  document.body.addEventListener('htmx:configRequest', (event) => Object.assign(event.detail.headers, csrf()));
  // a menu closes when something else is clicked
  document.addEventListener('click', (event) => {
    for (const menu of document.querySelectorAll('details.menu[open]')) {
      if (!menu.contains(event.target)) { menu.open = false; }
    }
  });
}

/** The header to send with a change, read when it is sent: another tab may have signed in meanwhile. */
export function csrf() {
  const token = document.cookie.match(/(?:^|; )XSRF-TOKEN=([^;]+)/);
  return token ? { 'X-XSRF-TOKEN': decodeURIComponent(token[1]) } : {};
}

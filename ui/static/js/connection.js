// Where news of runs come from: STOMP, and while it is down the server is asked every two seconds.

import { csrf } from './access.js';

const POLL_EVERY = 2000;
const PATIENCE = 3000;

/**
 * Tells of every run that is queued or running or ended lately.
 * @param {(run: object) => void} onRun called with an item of GET /jobs
 * @param {() => void} onList called when all of them have been told once
 * @param {(lostAt: ?Date) => void} onConnection called with when live updates were lost, or with null when they are back
 * @param {() => string[]} openRuns ids of runs that the page knows and that have not ended
 */
export function connect({ onRun, onList, onConnection, openRuns }) {
  let connected = false;
  let lostAt = new Date();
  let polling = null;
  const client = new StompJs.Client({
    brokerURL: (location.protocol === 'https:' ? 'wss://' : 'ws://') + location.host + '/ws',
    reconnectDelay: 1000,
    maxReconnectDelay: 30000,
    reconnectTimeMode: StompJs.ReconnectionTimeMode.EXPONENTIAL,
    connectionTimeout: 10000,
    heartbeatIncoming: 10000,
    heartbeatOutgoing: 10000,
  });

  client.beforeConnect = () => { client.connectHeaders = csrf(); };

  client.onConnect = () => {
    connected = true;
    clearInterval(polling);
    polling = null;
    onConnection(null);
    client.subscribe('/topic/jobs', (message) => onRun(JSON.parse(message.body)));
    // what ended while nobody told
    poll();
  };

  client.onWebSocketClose = () => {
    if (connected) {
      connected = false;
      lostAt = new Date();
    }
    fallBack();
  };

  function fallBack() {
    if (polling === null) {
      polling = setInterval(poll, POLL_EVERY);
      poll();
      setTimeout(() => { if (!connected) { onConnection(lostAt); } }, PATIENCE);
    }
  }

  async function poll() {
    try {
      const { items } = await json('/jobs');
      const known = new Set(items.map((run) => run.task_id));
      const others = openRuns().filter((id) => !known.has(id));
      // one that is gone is none of ours any more
      const found = await Promise.all(others.map((id) => json('/jobs/' + id).catch(() => null)));
      items.push(...found.filter((run) => run));
      items.reverse().forEach(onRun);
      onList();
    } catch (e) {
      // the server is away as well, and is asked again
    }
  }

  client.activate();
  // the page is left: that is no loss
  addEventListener('pagehide', () => client.deactivate());
  addEventListener('pageshow', (event) => { if (event.persisted) { client.activate(); } });
  return { poll };
}

async function json(url) {
  const response = await fetch(url, { headers: { Accept: 'application/json' } });
  if (!response.ok) {
    throw new Error(url + ' answered ' + response.status);
  }
  return response.json();
}

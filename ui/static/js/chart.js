// Rows per second of the run whose page this is, one point a second. The points are kept as long as the tab.

const MOST = 3600;
const element = document.getElementById('chart');
const key = element && 'pi-rates-' + element.dataset.run;
const points = [];
let latest = null;
let plot = null;

export function start() {
  if (!element) {
    return;
  }
  try {
    points.push(...JSON.parse(sessionStorage.getItem(key) || '[]'));
  } catch (e) { /* storage is off */ }
  draw();
  setInterval(takePoint, 1000);
  addEventListener('resize', draw);
  document.addEventListener('pi:theme', draw);
}

/** News of any run; that of this page is drawn. */
export function addPoint(run) {
  if (element && run.task_id === element.dataset.run) {
    latest = run.rows_per_second;
  }
}

function takePoint() {
  if (latest == null) {
    return;
  }
  points.push(latest);
  points.splice(0, points.length - MOST);
  try {
    sessionStorage.setItem(key, JSON.stringify(points));
  } catch (e) { /* storage is off */ }
  draw();
}

function draw() {
  if (points.length < 2) {
    return;
  }
  document.getElementById('throughput').hidden = false;
  plot?.destroy();
  plot = new uPlot(options(), [points.map((_, second) => second + 1), points], element);
  describe();
}

function options() {
  const css = getComputedStyle(document.documentElement);
  const color = (name) => css.getPropertyValue(name).trim();
  const axis = {
    stroke: color('--tblr-secondary'), font: '12px system-ui, sans-serif', ticks: { show: false },
    grid: { stroke: color('--tblr-border-color'), width: 1 },
  };
  return {
    width: element.clientWidth, height: 220, legend: { show: false }, cursor: { y: false },
    scales: { x: { time: false }, y: { range: (_, low, high) => [0, Math.max(10, high * 1.15)] } },
    axes: [
      { ...axis, size: 30, incrs: [1, 5, 10, 30, 60, 300, 600], values: (_, seconds) => seconds.map((s) => s + ' s') },
      { ...axis, size: 62, values: (_, rates) => rates.map((rate) => rate.toLocaleString('en')) },
    ],
    series: [{}, { stroke: color('--pi-run'), width: 2, fill: color('--pi-run') + '1f', points: { show: false } }],
  };
}

function describe() {
  const figures = {
    now: points[points.length - 1],
    average: Math.round(points.reduce((sum, rate) => sum + rate, 0) / points.length),
    highest: Math.max(...points),
    lowest: Math.min(...points),
  };
  for (const [name, rate] of Object.entries(figures)) {
    document.querySelector(`[data-chart=${name}]`).textContent = rate.toLocaleString('en');
    figures[name] = rate.toLocaleString('en');
  }
  element.setAttribute('aria-label', `Rows per second over ${points.length} seconds. Average ${figures.average}, `
    + `highest ${figures.highest}, lowest ${figures.lowest}. Last ${figures.now}.`);
}

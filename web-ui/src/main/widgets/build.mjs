// Bundles each component into one ES module whose name carries a hash of its content, so that it may be
// cached for ever, and writes widgets.properties: component → file, and the hash of everything the
// outputs were made from. A Java test compares that hash, so that stale outputs cannot be committed.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '../webapp/widgets');
const components = ['isthmus-map', 'isthmus-topology', 'isthmus-editor', 'isthmus-copy', 'isthmus-rows', 'isthmus-age', 'isthmus-upload'];

const sha256 = (data) => createHash('sha256').update(data).digest('hex');

/** Every input by its path with forward slashes, in the order of those paths. */
function inputs() {
  const source = readdirSync(join(here, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(here, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'));
  return ['.npmrc', 'build.mjs', 'package-lock.json', 'package.json', ...source].sort();
}

const fingerprint = sha256(
  inputs()
    .map((path) => `${path} ${sha256(readFileSync(join(here, path)))}\n`)
    .join(''),
);

const result = await build({
  absWorkingDir: here,
  entryPoints: components.map((name) => `src/${name}.js`),
  outdir: out,
  entryNames: '[name]-[hash]',
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2022'],
  charset: 'utf8',
  legalComments: 'eof',
  define: { 'process.env.NODE_ENV': '"production"' },
  metafile: true,
  write: false,
  logLevel: 'warning',
});

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const names = new Map();
for (const [path, meta] of Object.entries(result.metafile.outputs)) {
  names.set(meta.entryPoint.replace(/^src\/|\.js$/g, ''), path.split('/').pop());
}
for (const file of result.outputFiles) {
  writeFileSync(join(out, file.path.split(sep).pop()), file.contents);
}
writeFileSync(
  join(out, 'widgets.properties'),
  `# Written by src/main/widgets/build.mjs. Do not edit.\ninputs=${fingerprint}\n` +
    components.map((name) => `${name}=${names.get(name)}\n`).join(''),
);

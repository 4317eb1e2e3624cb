// Bundles the editor into one module: node build.mjs WORK OUT, where WORK holds a copy of this folder with its packages.
// `scripts/prepare editor` calls it. The same sources and packages give the same bytes.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [work, out] = process.argv.slice(2);
const { build } = await import(pathToFileURL(join(work, 'node_modules/esbuild/lib/main.js')));

// FNV-1a, 64 bits: server/tests/tidy.rs computes it with the standard library alone.
const fingerprint = (parts) => {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.concat(parts)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
};

const sources = ['build.mjs', 'package-lock.json', 'package.json', ...readdirSync(join(work, 'src')).sort().map((name) => `src/${name}`)];
const before = fingerprint(sources.flatMap((name) => [Buffer.from(`${name}\0`), readFileSync(join(work, name)), Buffer.from('\0')]));

const { outputFiles } = await build({
  absWorkingDir: work,
  entryPoints: ['src/editor.js'],
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  write: false,
  plugins: [
    {
      name: 'styles',
      setup: ({ onResolve }) => onResolve({ filter: /^style-mod$/ }, () => ({ path: join(work, 'src/styles.js') })),
    },
  ],
});
const body = outputFiles[0].contents;
const head =
  `// Made by scripts/prepare editor; sources ${before}, bundle ${fingerprint([Buffer.from(body)])}. ` +
  'Holds CodeMirror (MIT, see NOTICE).\n';
writeFileSync(out, Buffer.concat([Buffer.from(head), Buffer.from(body)]));

// Bundles the page that draws a board: node build.mjs OUTPUT_FOLDER
//
// @grafana/ui ships its icons as files that it fetches while it draws; they are linked beside the
// bundle under the path that it asks for.
import { build } from 'esbuild';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const output = path.resolve(process.argv[2]);
const scrollbars = path.join(here, 'node_modules/react-custom-scrollbars-2/lib/index.js');

// esbuild gives .mjs importers of this CommonJS package an object where they want its default.
const defaultOfScrollbars = {
  name: 'default-of-scrollbars',
  setup(esbuild) {
    esbuild.onResolve({ filter: /^react-custom-scrollbars-2$/ }, () => ({ path: 'it', namespace: 'scrollbars' }));
    esbuild.onLoad({ filter: /.*/, namespace: 'scrollbars' }, () => ({
      contents: `const it = require(${JSON.stringify(scrollbars)});
                 export default it.default; export const Scrollbars = it.Scrollbars;`,
      resolveDir: here,
    }));
  },
};

await build({
  entryPoints: [path.join(here, 'page.tsx')],
  outfile: path.join(output, 'page.js'),
  bundle: true,
  format: 'esm',
  platform: 'browser',
  jsx: 'automatic',
  mainFields: ['module', 'browser', 'main'],
  define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}', global: 'globalThis' },
  loader: { '.svg': 'text', '.png': 'dataurl', '.woff2': 'dataurl', '.ttf': 'dataurl' },
  plugins: [defaultOfScrollbars],
  logLevel: 'error',
});
fs.mkdirSync(path.join(output, 'public'), { recursive: true });
fs.cpSync(path.join(here, 'node_modules/@grafana/ui/dist/public'), path.join(output, 'public'), { recursive: true });

import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ENTRY = fileURLToPath(new URL('./src/open-main.ts', import.meta.url));
const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/**
 * Builds `lianshu-open.mjs`, one file with everything inside: a trustee copies it to a machine without network
 * and runs it with any Node from 20 on. Not minified, so that it can be read. Deterministic for the same sources.
 */
export async function buildOpenCommand(): Promise<string> {
  const result = await build({
    stdin: {
      contents: `import { openMain } from ${JSON.stringify(ENTRY)};\nprocess.exitCode = await openMain(process.argv.slice(2));\n`,
      resolveDir: FOLDER,
      sourcefile: 'lianshu-open.mjs',
    },
    absWorkingDir: FOLDER,
    banner: { js: '#!/usr/bin/env node' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    charset: 'utf8',
    legalComments: 'inline',
  });
  return result.outputFiles[0]?.text ?? '';
}

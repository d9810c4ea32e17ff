import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ENTRY = fileURLToPath(new URL('./src/lianshu-witness.ts', import.meta.url));
const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/**
 * Builds `lianshu-witness.mjs`, one file with everything inside: whoever runs a witness copies it to a machine with
 * Node 24 and installs nothing. Not minified, so that it can be read. Deterministic for the same sources.
 */
export async function buildWitnessCommand(): Promise<string> {
  const result = await build({
    stdin: {
      contents: `import { runMain } from ${JSON.stringify(ENTRY)};\nprocess.exitCode = await runMain();\n`,
      resolveDir: FOLDER,
      sourcefile: 'lianshu-witness.mjs',
    },
    absWorkingDir: FOLDER,
    banner: { js: '#!/usr/bin/env node' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    charset: 'utf8',
    legalComments: 'inline',
  });
  return result.outputFiles[0]?.text ?? '';
}

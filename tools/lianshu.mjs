#!/usr/bin/env node
// `npx lianshu …`: the built program; npm puts the pinned Node first on the path.
import { existsSync } from 'node:fs';

const program = new URL('../dist/lianshu.js', import.meta.url);
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(`lianshu needs Node 24 or newer (this is ${process.version}). In a checkout: npx lianshu …`);
  process.exit(2);
}
if (!existsSync(program)) {
  console.error('Not built yet: run `npm run build` (or `npm start`) first.');
  process.exit(2);
}
await import(program.href);

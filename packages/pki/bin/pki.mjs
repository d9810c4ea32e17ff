#!/usr/bin/env node
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(`pki needs Node 24 or newer; this is Node ${process.versions.node}.`);
  process.exit(2);
}
const { main } = await import('../src/cli.ts');
process.exitCode = main(process.argv.slice(2), process);

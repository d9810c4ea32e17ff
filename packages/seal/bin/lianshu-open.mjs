#!/usr/bin/env node
// Plain JavaScript that old versions of Node can read, so that they say something useful.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `lianshu-open from source needs Node 24 or later (this is ${process.versions.node}); the one-file program runs on Node 20. 需要 Node 24 以上。`,
  );
  process.exitCode = 3;
} else {
  const { openMain } = await import('../src/open-main.ts');
  process.exitCode = await openMain(process.argv.slice(2));
}

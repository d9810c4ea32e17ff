#!/usr/bin/env node

// Plain JavaScript that old versions of Node can read, so that they say something useful.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `lianshu-witness needs Node 24 or later (this is ${process.versions.node}). 需要 Node 24 以上。`,
  );
  process.exitCode = 1;
} else {
  const { runMain } = await import('../src/lianshu-witness.ts');
  process.exitCode = await runMain();
}

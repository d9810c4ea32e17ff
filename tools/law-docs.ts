// Writes docs/law/packs/ from the rule packs. A test fails when they differ.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { lawPages } from '../src/law/law-pages.ts';

const folder = new URL('../docs/law/packs/', import.meta.url);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [name, page] of lawPages()) writeFileSync(new URL(name, folder), page);
console.log(`docs/law/packs: ${lawPages().size} pages`);

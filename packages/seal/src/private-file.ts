import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a new file only its owner can read (0600, directory 0700). Never replaces one: throws `EEXIST`. */
export async function writePrivately(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Writes the sample operator's files into `sample/`: run it after a change to the sample or the house format. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeSample } from './sample/files.ts';

const folder = fileURLToPath(new URL('../sample/', import.meta.url));
for (const [name, bytes] of await makeSample()) {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

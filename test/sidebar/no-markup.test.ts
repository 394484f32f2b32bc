/** Text from outside becomes text: the pages of the sidebar and the dialogs have no way to take it for markup. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', '..', 'src', 'sidebar');
const WAYS =
  /innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|createContextualFragment|DOMParser|\beval\(|new Function/i;

it('no source names a way from text to markup', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(tsx?|html)$/.test(name),
  );
  expect(files.length).toBeGreaterThan(30);
  expect(files.filter((name) => WAYS.test(readFileSync(join(folder, name), 'utf8')))).toEqual([]);
});

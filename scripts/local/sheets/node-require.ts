import { createRequire } from 'node:module';

/** `require` for what ES imports can't give: a package's data files, and names that Node finds in no CommonJS export. */
export const nodeRequire = createRequire(typeof __filename === 'string' ? __filename : import.meta.url);

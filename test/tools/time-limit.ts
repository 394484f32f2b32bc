/** The runner has no time limit of its own: a test or hook that never ends would hang the whole run without a name. */
import { addEventHandler } from 'jest-circus';

/** Where a test names none. */
const LIMIT_MS = 120_000;

type Work = (() => unknown) & { readonly length: number };

function limited(work: Work, name: string, limitMs = LIMIT_MS): () => Promise<unknown> {
  return async () => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const say = () => reject(new Error(`${name} did not end within ${limitMs / 1000} s.`));
      timer = setTimeout(say, limitMs);
    });
    try {
      return await Promise.race([Promise.resolve().then(work), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}

addEventHandler((event, { currentDescribeBlock: block }) => {
  if (event.name === 'add_test') {
    const added = block.children.at(-1);
    if (added?.type === 'test' && added.fn.length === 0)
      added.fn = limited(added.fn as Work, `“${added.name}”`, event.timeout);
  } else if (event.name === 'add_hook') {
    const added = block.hooks.at(-1);
    if (added !== undefined && added.fn.length === 0)
      added.fn = limited(added.fn as Work, `${added.type} of “${block.name}”`, event.timeout);
  }
});

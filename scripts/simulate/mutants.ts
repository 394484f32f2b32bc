/** Bundles with a bug put in: what the simulator must find, or it finds nothing. */
import { readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Plugin } from 'esbuild';

export interface Mutation {
  /** From the project’s root: `src/delivery/outbox.ts`. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly find: string;
  readonly put: string;
}

export interface Mutant {
  /** What somebody might have got wrong. */
  readonly name: string;
  readonly mutations: readonly Mutation[];
}

/** For `build`. @throws Error, as the build’s, when a text is not there, or more than once */
export function mutating({ name, mutations }: Mutant): Plugin {
  return {
    name: `mutant: ${name}`,
    setup(setup) {
      const met = new Set<Mutation>();
      setup.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => {
        const here = mutations.filter(({ file }) => path.endsWith(`${sep}${join(file)}`));
        if (here.length === 0) return null;
        let contents = readFileSync(path, 'utf8');
        for (const mutation of here) {
          const parts = contents.split(mutation.find);
          if (parts.length !== 2) {
            const text = `“${name}” finds its text ${parts.length - 1} times in ${mutation.file}: ${mutation.find}`;
            return { errors: [{ text }] };
          }
          contents = parts.join(mutation.put);
          met.add(mutation);
        }
        return { contents, loader: 'ts' };
      });
      setup.onEnd(() => {
        const missed = mutations.filter((mutation) => !met.has(mutation));
        return {
          errors: missed.map(({ file }) => ({ text: `“${name}” mutates ${file}, which is not bundled` })),
        };
      });
    },
  };
}

/** Each must be found by the simulator: a test sees to it. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'sends again after a lost reply',
    mutations: [
      {
        file: 'src/clients/google/gmail.ts',
        find: "{ name: 'Gmail send', repeatable: false }",
        put: "{ name: 'Gmail send', repeatable: true }",
      },
    ],
  },
  {
    name: 'writes down after the request that it sends',
    mutations: [
      {
        file: 'src/delivery/outbox.ts',
        find: "host.properties('document').write({ ...along, [record.id]: recordJson(record, 'claim') });",
        put: '',
      },
    ],
  },
  {
    name: 'takes no lease',
    mutations: [
      {
        file: 'src/host/lease.ts',
        find: 'if (holder !== null && isHeld(holder.expiresMs, sinceMs) && holder.owner !== owner) {',
        put: "if (holder !== null && holder.owner === '') {",
      },
    ],
  },
  {
    name: 'shows the month before it is verified',
    mutations: [
      {
        file: 'src/run/post-month.ts',
        find: '    verifyTab(plan, values);\n    return {',
        put: '    return {',
      },
    ],
  },
  {
    name: 'forgets the staging tab of a dead run',
    mutations: [
      {
        file: 'src/workbook/month-tab.ts',
        find: 'leftovers.map((tab) => ({ deleteSheet: { sheetId: tab.sheetId } }))',
        put: '[]',
      },
      { file: 'src/run/post-month.ts', find: 'if (tabs.staging.length === 0) return;', put: 'return;' },
    ],
  },
  {
    name: 'does not look into Sent for a mail that may be out',
    mutations: [
      {
        file: 'src/run/send-statement.ts',
        find: '  const { inSent } = collected;\n  if (inSent?.certain) {',
        put: '  const inSent = null as typeof collected.inSent;\n  if (inSent?.certain) {',
      },
    ],
  },
];

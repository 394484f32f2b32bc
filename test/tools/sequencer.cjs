// The longest suites first: one that begins last would leave a core idle while it ends.
const Sequencer = require('@jest/test-sequencer').default;

/** Beginnings of paths, longest first; what stands further up wins. */
const LONG = [
  '/test/simulation/failing',
  '/test/simulation/bad',
  '/test/simulation/',
  '/test/scripts/start/',
  '/test/addon/sending',
  '/test/addon/triggers',
  '/test/addon/witnesses',
  '/test/addon/read-mail',
  '/test/addon/month-run',
  '/test/addon/regions',
  '/test/addon/',
  '/test/browser/',
  '/test/scripts/sample/',
  '/test/sources/',
  '/test/accounts/',
  '/test/scripts/aws/',
  '/test/contract/',
  '/test/run/',
];

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const found = LONG.findIndex((beginning) => path.includes(beginning));
      return found < 0 ? LONG.length : found;
    };
    return [...tests].sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
  }
};

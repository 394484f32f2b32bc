// The longest suites first: one that begins last would leave a core idle while it ends.
const Sequencer = require('@jest/test-sequencer').default;

/** Beginnings of paths, longest first; what stands further up wins. */
const LONG = [
  '/test/simulation/failing',
  '/test/simulation/',
  '/test/browser/story-',
  '/test/scripts/workbench/workbench.',
  '/test/addon/sending',
  '/test/addon/witnesses',
  '/test/scripts/start/',
  '/test/addon/',
  '/test/browser/',
  '/test/scripts/sample/',
  '/test/sources/bookings/hostile',
  '/test/sources/trip-sheets/',
  '/test/accounts/',
  '/test/delivery/',
  '/test/contract/',
  '/test/scripts/aws/',
  '/test/scripts/network/',
  '/test/tools/',
  '/test/rooms',
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

// The longest suites first: one that begins last would leave a core idle while it ends.
const Sequencer = require('@jest/test-sequencer').default;

const LONG = ['/test/scripts/start/', '/test/addon/', '/test/scripts/sample/', '/test/sources/'];

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const found = LONG.findIndex((folder) => path.includes(folder));
      return found < 0 ? LONG.length : found;
    };
    return [...tests].sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
  }
};

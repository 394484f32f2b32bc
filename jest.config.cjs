// Packages that ship only ES modules; jest runs CommonJS, so they are transformed too.
const esmOnly = [
  '@noble/hashes',
  'hucre',
  'postal-mime',
  '@emulators',
  'hono',
  '@hono/node-server',
  '@ironcalc/wasm',
  '@stablelib',
];

module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: { '\\.(ts|js|mjs)$': '<rootDir>/test/tools/transform.cjs' },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  testSequencer: '<rootDir>/test/tools/sequencer.cjs',
  testTimeout: 30_000,
};

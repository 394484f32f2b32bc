module.exports = {
  // Test files share the modules of their process: what is loaded and made once serves many suites.
  runner: 'jest-light-runner/child-process',
  setupFiles: ['<rootDir>/test/tools/typescript.mjs', '<rootDir>/test/tools/shared-threads.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/tools/time-limit.ts'],
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {},
  testSequencer: '<rootDir>/test/tools/sequencer.cjs',
};

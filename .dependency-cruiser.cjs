// The rooms of src/ and which way imports may go. Kept by `npm test`.
const ROOMS = {
  addon: [
    'addon',
    'calendar',
    'run',
    'accounts',
    'sources',
    'workbook',
    'delivery',
    'clients',
    'statement',
    'host',
    'sidebar',
  ],
  calendar: [
    'calendar',
    'run',
    'accounts',
    'sources',
    'workbook',
    'delivery',
    'clients',
    'statement',
    'host',
  ],
  run: ['run', 'accounts', 'sources', 'workbook', 'delivery', 'clients', 'statement', 'host'],
  accounts: ['accounts', 'clients', 'statement', 'host'],
  sources: ['sources', 'clients', 'statement', 'host'],
  workbook: ['workbook', 'clients', 'statement', 'host'],
  delivery: ['delivery', 'clients', 'statement', 'host'],
  clients: ['clients', 'host'],
  statement: ['statement'],
  host: ['host'],
  sidebar: ['sidebar'],
};

const rooms = Object.entries(ROOMS).map(([room, allowed]) => ({
  name: `${room}-imports-downward-only`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${allowed.join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...rooms,
    {
      name: 'no-circles',
      severity: 'error',
      from: { path: '^src' },
      to: { circular: true },
    },
    {
      name: 'clients-know-only-the-types-and-errors-of-the-host',
      severity: 'error',
      from: { path: '^src/clients/' },
      to: { path: '^src/host/', pathNot: '^src/host/(host|errors)\\.ts$' },
    },
    {
      name: 'only-the-composition-root-knows-apps-script',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/addon/compose\\.ts$' },
      to: { path: '^src/host/apps-script\\.ts$' },
    },
    {
      name: 'the-bundle-needs-no-node',
      severity: 'error',
      from: { path: '^src' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'the-bundle-needs-only-runtime-dependencies',
      severity: 'error',
      from: { path: '^src' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
    },
    {
      name: 'src-knows-nothing-of-tests-and-scripts',
      severity: 'error',
      from: { path: '^src' },
      to: { path: '^(test|scripts)/' },
    },
    {
      name: 'of-a-dialog-the-server-knows-its-page-and-what-they-say-to-each-other',
      severity: 'error',
      from: { path: '^src/addon/' },
      to: { path: '^src/sidebar/', pathNot: '(\\.html|/(view|contract)\\.ts)$' },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: { path: '^src' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // Its parser stumbles over JSX before version 18, which needs Node 22 (github.com/sverweij/dependency-cruiser/issues/1081).
    // The imports of these files are kept by test/sidebar/imports.test.ts.
    exclude: { path: '\\.tsx$' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.cjs'],
    },
  },
};

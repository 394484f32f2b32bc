const { createHash } = require('node:crypto');
const { transformSync, version } = require('esbuild');

const options = { format: 'cjs', target: 'node20', sourcemap: 'inline', sourcesContent: true };

module.exports = {
  getCacheKey: (source, file, jestOptions) =>
    createHash('sha256')
      .update([version, JSON.stringify(options), jestOptions.configString, file, source].join('\0'))
      .digest('hex'),
  process: (source, file) =>
    transformSync(source, { ...options, loader: file.endsWith('.ts') ? 'ts' : 'js', sourcefile: file }),
};

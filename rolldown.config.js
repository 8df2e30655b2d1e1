import { defineConfig } from 'rolldown'

/**
 * Commander loads node:child_process for subcommands that are programs of their own. There are none here, and
 * loading it takes as long as all the rest of a start.
 */
const commanderAlone = {
  name: 'commander-alone',
  transform: {
    filter: { id: /node_modules[\\/]commander[\\/]lib[\\/]command\.js$/ },
    handler(code) {
      const slim = code.replace("require('node:child_process')", '{}')
      if (slim === code) this.error('commander no longer loads node:child_process here')
      return slim
    },
  },
}

/** One entry that starts fast; what only some commands need is a chunk of its own, required when it is used. */
export default defineConfig({
  input: { main: 'src/main.ts' },
  platform: 'node',
  plugins: [commanderAlone],
  // Its CommonJS build requires its parts in a way that can't be bundled.
  resolve: { alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' } },
  // The kernel locks are a native addon: the one thing that can't be bundled.
  external: ['fs-native-extensions'],
  output: {
    dir: 'dist',
    format: 'cjs',
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    codeSplitting: {
      groups: [
        {
          name: 'inquirer',
          test: /node_modules[\\/](@inquirer|inquirer|mute-stream|run-async|rxjs|signal-exit|iconv-lite|chardet|safer-buffer|cli-width|fast-)/,
        },
        { name: 'yaml', test: /node_modules[\\/]yaml[\\/]/ },
        {
          name: 'table',
          test: /node_modules[\\/](cli-table3|string-width|strip-ansi|ansi-regex|emoji-regex|is-fullwidth-code-point|@colors)[\\/]/,
        },
        { name: 'chalk', test: /node_modules[\\/]chalk[\\/]/ },
      ],
    },
  },
})

import { defineConfig } from 'rolldown'

/** One entry that starts fast; what only some commands need is a chunk of its own, required when it is used. */
export default defineConfig({
  input: { main: 'src/main.ts' },
  platform: 'node',
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
